import { Button, TextInput } from '@mantine/core'
import { IconDownload, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { ask, part } from '~/api/client'
import type { Command } from '~/api/contract'
import { Failure } from '~/api/failure'
import { Highlight } from '~/ui/highlight'
import { Notice } from '~/ui/page'
import { pretty } from '~/ui/pretty'
import { bytes } from '~/ui/times'
import css from './one.module.css'

interface Shown {
  type: string
  size: number
  url: string | null
  text: string | null
}

/** Runs a command as the product would, and shows what came. */
export function RunHere({
  command,
  inputs,
  onInputs,
  can,
  onRun,
}: {
  command: Command
  inputs: Record<string, unknown>
  onInputs: (inputs: Record<string, unknown>) => void
  can: boolean
  onRun: () => void
}) {
  const [shown, setShown] = useState<Shown>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)

  useEffect(
    () => () => {
      if (shown?.url) URL.revokeObjectURL(shown.url)
    },
    [shown],
  )

  async function run() {
    setBusy(true)
    setFailure(undefined)
    setShown(undefined)
    try {
      const given = Object.fromEntries(Object.entries(inputs).filter(([, v]) => v !== ''))
      const answer = await ask<Blob | undefined>('POST', `/v1/commands/${part(command.name)}/run`, {
        body: { inputs: given },
        asBlob: true,
      })
      const blob = answer.data
      const type = blob?.type ?? ''
      const asText = /json|^text\/|xml/.test(type) && !type.includes('html')
      setShown({
        type,
        size: blob?.size ?? 0,
        url: blob && blob.size > 0 ? URL.createObjectURL(blob) : null,
        text: blob && asText ? await blob.text() : null,
      })
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      setFailure(e)
    } finally {
      setBusy(false)
      onRun()
    }
  }

  return (
    <section aria-label="Run it here" className="stack">
      <h2>Run it here</h2>
      <form
        className="stack"
        onSubmit={(e) => {
          e.preventDefault()
          void run()
        }}
      >
        {command.inputs.map((i) => (
          <TextInput
            key={i.name}
            label={i.name}
            description={i.description ?? undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type={i.type === 'date' ? 'date' : 'text'}
            value={String((inputs[i.name] as string | number | boolean | undefined) ?? '')}
            error={failure?.at(`/inputs/${i.name}`)}
            onChange={(e) =>
              onInputs({ ...inputs, [i.name]: typed(e.currentTarget.value, i.type) })
            }
          />
        ))}
        <div>
          <Button
            type="submit"
            leftSection={<IconPlayerPlay size={14} />}
            loading={busy}
            disabled={!can}
          >
            Run
          </Button>
        </div>
      </form>
      {!can && <p className="dim">Save a web request first; then it can be run.</p>}
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      {shown && <Result shown={shown} name={command.name} />}
    </section>
  )
}

/** A number or truth value where the input is one. */
function typed(text: string, type: string | undefined): unknown {
  if (type === 'number' && text !== '' && !Number.isNaN(Number(text))) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}

function Result({ shown, name }: { shown: Shown; name: string }) {
  const { type, url, text } = shown
  if (!url) return <Notice tone="ok">It worked. Nothing came back, as it should be.</Notice>
  return (
    <div className="stack" aria-live="polite">
      <div className="row">
        <span className="dim grow">
          <code>{type || 'no type'}</code>, {bytes(shown.size)}
        </span>
        <Button
          component="a"
          href={url}
          download={name}
          size="xs"
          variant="default"
          leftSection={<IconDownload size={13} />}
        >
          Download
        </Button>
      </div>
      {type.includes('pdf') ? (
        <iframe className={css.paper} src={url} title="The document" />
      ) : /^image\/(png|jpeg|gif|webp|avif|bmp)/.test(type) ? (
        <img className={css.image} src={url} alt="What came back" />
      ) : text !== null ? (
        <pre className={css.text}>
          <Highlight text={pretty(text, type)} kind={type.includes('json') ? 'json' : 'text'} />
        </pre>
      ) : (
        <p className="dim">It can be downloaded.</p>
      )}
    </div>
  )
}
