import { Button } from '@mantine/core'
import { IconCopy, IconDownload } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { RunProblem } from '~/api/contract'
import { copy } from '~/ui/files'
import { Highlight } from '~/ui/highlight'
import { Facts, Notice } from '~/ui/page'
import { kindOf, pretty } from '~/ui/pretty'
import { HttpStatus, Verdict } from '~/ui/status'
import { bytes, howLong } from '~/ui/times'
import { done } from '~/ui/toasts'
import css from './commands.module.css'
import type { Answer, Running } from './running'

/** How far a run is, and then what came of it. */
export function RunAnswer({ running, onStop }: { running: Running; onStop: () => void }) {
  switch (running.state) {
    case 'none':
      return <p className="dim">What comes back appears here, as whoever asks would get it.</p>
    case 'asked':
    case 'coming':
      return <Progress running={running} onStop={onStop} />
    case 'ended':
      return (
        <>
          <Ended running={running} />
          <Shown answer={running.answer} />
        </>
      )
  }
}

function Progress({
  running,
  onStop,
}: {
  running: Extract<Running, { state: 'asked' | 'coming' }>
  onStop: () => void
}) {
  const [now, setNow] = useState(running.since)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 100)
    return () => clearInterval(timer)
  }, [])
  const coming = running.state === 'coming' ? running : null
  const part = coming?.total ? coming.received / coming.total : null
  return (
    <div className="stack" role="status">
      <div className={css.facts}>
        <span>
          {coming
            ? `${bytes(coming.received)}${coming.total ? ` of ${bytes(coming.total)}` : ''} so far`
            : 'Waiting for the third party'}
        </span>
        <span className="dim num">{howLong(Math.max(0, now - running.since))}</span>
        <span className="grow" />
        <Button size="xs" variant="default" onClick={onStop}>
          Stop waiting
        </Button>
      </div>
      <div className={css.progress} data-unknown={part === null || undefined} aria-hidden>
        <div style={part === null ? undefined : { width: `${part * 100}%` }} />
      </div>
    </div>
  )
}

function Ended({ running }: { running: Extract<Running, { state: 'ended' }> }) {
  const { answer } = running
  const good = answer.kind === 'document' || answer.kind === 'nothing'
  return (
    <div className={css.facts} role="status">
      <Verdict
        ok={good}
        words={good ? 'Answered' : answer.kind === 'problem' ? answer.problem.title : 'No answer'}
      />
      {answer.kind === 'document' && (
        <span>
          {answer.type} · <span className="num">{bytes(answer.blob.size)}</span>
        </span>
      )}
      <span className="dim num">{howLong(running.ms)}</span>
      {running.run && (
        <Link to="/runs/$id" params={{ id: running.run }}>
          Look at the run
        </Link>
      )}
    </div>
  )
}

function Shown({ answer }: { answer: Answer }) {
  switch (answer.kind) {
    case 'document':
      return <Document key={answer.blob.size} answer={answer} />
    case 'nothing':
      return <Notice tone="ok">It worked, and nothing more was wanted.</Notice>
    case 'problem':
      return <Problem problem={answer.problem} />
    case 'failure':
      return <Notice tone={answer.left ? 'idle' : 'bad'}>{answer.sentence}</Notice>
  }
}

/** What is wrong, and what the third party said of it. */
function Problem({ problem }: { problem: RunProblem }) {
  const said = problem.thirdParty
  const others = (problem.errors ?? []).filter((e) => !e.pointer?.startsWith('/inputs/'))
  return (
    <>
      <Notice tone={problem.status === 404 ? 'warn' : 'bad'}>
        {problem.detail}
        {others.length > 0 && (
          <ul style={{ margin: '4px 0 0 16px' }}>
            {others.map((e, i) => (
              <li key={i}>{e.detail}</li>
            ))}
          </ul>
        )}
      </Notice>
      {said && (
        <section className="stack" aria-label="What the third party said">
          <h3>What the third party said</h3>
          <Facts
            of={[
              ['Target', said.target],
              ['Status', <HttpStatus key="s" status={said.status} />],
              ['Type', said.contentType ?? '–'],
              ...(said.errorClass ? ([['Kind', said.errorClass]] as [string, string][]) : []),
            ]}
          />
          {said.excerpt !== null && said.excerpt !== '' && (
            <pre className={css.text} tabIndex={0} aria-label="How its answer begins">
              <Highlight
                text={pretty(said.excerpt, said.contentType ?? undefined)}
                kind={kindOf(said.excerpt, said.contentType ?? undefined)}
              />
            </pre>
          )}
        </section>
      )}
    </>
  )
}

/** What a browser shows as a picture and can’t run. */
const PICTURES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp']

function Document({ answer }: { answer: Extract<Answer, { kind: 'document' }> }) {
  const { blob, type } = answer
  const url = useUrl(blob)
  const textual = type.includes('json') || type === 'text/plain' || type === 'text/csv'
  const file = answer.filename ?? 'answer'
  return (
    <>
      <div className="row" style={{ flexWrap: 'wrap' }}>
        <Button
          component="a"
          href={url}
          download={file}
          size="xs"
          variant="default"
          leftSection={<IconDownload size={13} />}
        >
          Save as {file}
        </Button>
        {textual && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCopy size={13} />}
            onClick={() =>
              void blob
                .text()
                .then(copy)
                .then(() => done('Copied.'))
            }
          >
            Copy
          </Button>
        )}
      </div>
      {type === 'application/pdf' ? (
        // A PDF under its own type runs nothing of the console’s; browsers show none in a sandbox.
        url && (
          <iframe
            className={css.document}
            src={`${url}#navpanes=0`}
            title={`The document ${file}`}
          />
        )
      ) : PICTURES.includes(type) ? (
        url && <img className={css.image} src={url} alt={`The picture ${file}`} />
      ) : textual ? (
        <Text blob={blob} type={type} />
      ) : (
        <Notice>
          A browser might run what is in {type}, or can’t show it, so that it is only offered as a
          file.
        </Notice>
      )}
    </>
  )
}

/** An address for a document in memory, given back when it is shown no more. */
function useUrl(blob: Blob): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    const made = URL.createObjectURL(blob)
    // eslint-disable-next-line react-hooks/set-state-in-effect -- the address is made and given back outside of React
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return url
}

const MOST_TEXT = 512 * 1024

function Text({ blob, type }: { blob: Blob; type: string }) {
  const [text, setText] = useState<string>()
  useEffect(() => {
    let here = true
    void blob
      .slice(0, MOST_TEXT)
      .text()
      .then((t) => here && setText(t))
    return () => {
      here = false
    }
  }, [blob])
  if (text === undefined) return null
  return (
    <>
      <pre className={css.text} tabIndex={0} aria-label="The answer">
        <Highlight text={pretty(text, type)} kind={kindOf(text, type)} />
      </pre>
      {blob.size > MOST_TEXT && <p className="dim">Only the beginning is shown.</p>}
    </>
  )
}
