import { Tooltip } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'
import css from './highlight.module.css'
import { type Mark, type Span, spansOf } from './marks'

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
  marks?: Mark[]
}) {
  if (text.length > MOST) return text
  const spans = spansOf(text, marks)
  const parts = kind === 'json' ? JSON_PARTS : kind === 'xml' ? XML_PARTS : null
  if (!parts) return <Part text={text} from={0} to={text.length} spans={spans} />
  const out: ReactNode[] = []
  let at = 0
  for (const match of text.matchAll(parts)) {
    const end = match.index + match[0].length
    if (match.index > at)
      out.push(<Part key={at} text={text} from={at} to={match.index} spans={spans} />)
    const look =
      match[1] !== undefined ? css.name : match[2] !== undefined ? css.string : css.number
    out.push(
      <span key={match.index} className={look}>
        <Part text={text} from={match.index} to={end} spans={spans} />
      </span>,
    )
    at = end
  }
  out.push(<Part key={at} text={text} from={at} to={text.length} spans={spans} />)
  return <>{out}</>
}

/** A piece of a text, with the marks that reach into it. */
function Part({
  text,
  from,
  to,
  spans,
}: {
  text: string
  from: number
  to: number
  spans: Span[]
}) {
  const here = spans.filter((s) => s.from < to && s.to > from)
  if (here.length === 0) return text.slice(from, to)
  const starts = [from, ...here.map((s) => Math.min(s.to, to))]
  return (
    <>
      {here.map((s, i) => (
        <Fragment key={s.from}>
          {text.slice(starts[i], Math.max(s.from, from))}
          <Told mark={s.mark} first={s.from >= from}>
            {text.slice(Math.max(s.from, from), Math.min(s.to, to))}
          </Told>
        </Fragment>
      ))}
      {text.slice(starts.at(-1), to)}
    </>
  )
}

/** Tells its story on hover, and to who walks there with the keyboard. */
function Told({ mark, first, children }: { mark: Mark; first: boolean; children: string }) {
  return (
    <Tooltip
      label={mark.title}
      openDelay={80}
      multiline
      w="max-content"
      maw={420}
      events={{ hover: true, focus: true, touch: true }}
    >
      <mark
        className={css.mark}
        data-lit={mark.lit || undefined}
        tabIndex={first ? 0 : undefined}
        aria-label={first ? `${children}: ${mark.title}` : undefined}
        onMouseEnter={() => mark.onLit?.(true)}
        onMouseLeave={() => mark.onLit?.(false)}
        onFocus={() => mark.onLit?.(true)}
        onBlur={() => mark.onLit?.(false)}
      >
        {children}
      </mark>
    </Tooltip>
  )
}
