import { Fragment, type ReactNode } from 'react'
import css from './highlight.module.css'

const JSON_PARTS =
  /("(?:[^"\\]|\\.)*"(?=\s*:))|("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/g
const XML_PARTS = /(<\/?[\w:.-]+|\/?>|<\?[^>]*\?>)|("[^"]*")/g
const MOST = 100_000

/** Text with colours by what it is, and with marks where something is to be told. */
export function Highlight({
  text,
  kind,
  marks = [],
}: {
  text: string
  kind: string
  marks?: { text: string; title: string }[]
}) {
  if (text.length > MOST) return text
  const parts = kind === 'json' ? JSON_PARTS : kind === 'xml' ? XML_PARTS : null
  if (!parts) return <Marked text={text} marks={marks} />
  const out: ReactNode[] = []
  let at = 0
  for (const match of text.matchAll(parts)) {
    if (match.index > at)
      out.push(<Marked key={at} text={text.slice(at, match.index)} marks={marks} />)
    const look =
      match[1] !== undefined ? css.name : match[2] !== undefined ? css.string : css.number
    out.push(
      <span key={match.index} className={look}>
        <Marked text={match[0]} marks={match[1] === undefined ? marks : []} />
      </span>,
    )
    at = match.index + match[0].length
  }
  out.push(<Marked key={at} text={text.slice(at)} marks={marks} />)
  return <>{out}</>
}

function Marked({ text, marks }: { text: string; marks: { text: string; title: string }[] }) {
  const here = marks.find((m) => m.text && text.includes(m.text))
  if (!here) return text
  const pieces = text.split(here.text)
  const others = marks.filter((m) => m !== here)
  return pieces.map((piece, i) => (
    <Fragment key={i}>
      {i > 0 && (
        <mark className={css.mark} title={here.title}>
          {here.text}
        </mark>
      )}
      <Marked text={piece} marks={others} />
    </Fragment>
  ))
}
