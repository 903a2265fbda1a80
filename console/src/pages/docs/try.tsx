import { Button, NativeSelect, PasswordInput, TextInput } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { answerOf, part, text as queryText } from '~/api/client'
import { words } from '~/api/failure'
import { CodeField } from '~/editor/code'
import { Message } from '~/ui/exchange'
import { Notice } from '~/ui/page'
import { HttpStatus } from '~/ui/status'
import { howLong } from '~/ui/times'
import type { Operation } from './contract'
import css from './docs.module.css'

interface Result {
  status: number
  headers: { name: string; value: string }[]
  body: string | null
  size: number
  ms: number
}

/** One call, and how long it took. */
async function call(
  operation: Operation,
  path: string,
  query: Record<string, string | undefined>,
  body: { type: string; sent: string } | undefined,
  key: string,
): Promise<Result> {
  const since = Date.now()
  const method = operation.method as 'GET'
  const answer = key
    ? await fetch(path + queryText(query), {
        method,
        credentials: 'omit',
        headers: {
          Authorization: `Bearer ${key}`,
          ...(body ? { 'Content-Type': body.type } : {}),
        },
        body: body?.sent,
      })
    : await answerOf(method, path, {
        query,
        raw: body?.sent,
        merge: body?.type.includes('merge-patch'),
      })
  const blob = await answer.blob()
  const readable = /json|text|yaml|xml|csv/.test(answer.headers.get('Content-Type') ?? '')
  return {
    status: answer.status,
    headers: [...answer.headers].map(([name, value]) => ({ name, value })),
    body: readable ? await blob.text() : null,
    size: blob.size,
    ms: Date.now() - since,
  }
}

/** Calls the hub itself, as who is signed in or with a key. */
export function TryIt({ operation }: { operation: Operation }) {
  const body = operation.bodies.find((b) => b.type.includes('json')) ?? operation.bodies[0]
  const [values, setValues] = useState<Record<string, string>>({})
  const [example, setExample] = useState(0)
  const [typed, setTyped] = useState<string>()
  const [key, setKey] = useState('')
  const [busy, setBusy] = useState(false)
  const [result, setResult] = useState<Result>()
  const [wrong, setWrong] = useState<string>()
  const given = body?.examples[example]?.value
  const sent = typed ?? (given === undefined ? '' : JSON.stringify(given, null, 2))
  const fields = operation.parameters.filter((p) => p.in === 'path' || p.in === 'query')
  const missing = fields.filter((p) => p.required && !values[p.name])

  async function send() {
    setBusy(true)
    setWrong(undefined)
    try {
      const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
        part(values[name] ?? ''),
      )
      const query = Object.fromEntries(
        fields.filter((p) => p.in === 'query').map((p) => [p.name, values[p.name]]),
      )
      setResult(await call(operation, path, query, body ? { ...body, sent } : undefined, key))
    } catch (e) {
      setWrong(words(e))
    } finally {
      setBusy(false)
    }
  }

  return (
    <section className={css.try} aria-label="Try it">
      <h3>Try it</h3>
      <div className={css.two}>
        {fields.map((p) => (
          <TextInput
            key={p.in + p.name}
            label={p.required ? `${p.name} (required)` : p.name}
            autoComplete="off"
            value={values[p.name] ?? ''}
            onChange={(e) => setValues({ ...values, [p.name]: e.currentTarget.value })}
          />
        ))}
        <PasswordInput
          label="API key"
          placeholder="As you are signed in"
          autoComplete="off"
          data-1p-ignore
          value={key}
          onChange={(e) => setKey(e.currentTarget.value)}
        />
      </div>
      {body && body.examples.length > 1 && (
        <NativeSelect
          label="Example"
          value={String(example)}
          data={body.examples.map((e, i) => ({ value: String(i), label: e.name }))}
          onChange={(e) => {
            setExample(Number(e.currentTarget.value))
            setTyped(undefined)
          }}
        />
      )}
      {body && (
        <CodeField
          label="Body"
          language="json"
          lines={8}
          value={sent}
          onChange={(next) => {
            if (next !== sent) setTyped(next)
          }}
        />
      )}
      <div className="row">
        <Button
          leftSection={<IconPlayerPlay size={14} />}
          loading={busy}
          disabled={missing.length > 0}
          onClick={() => void send()}
        >
          Send
        </Button>
        <span className="dim">
          {missing.length > 0
            ? `${missing.map((p) => p.name).join(' and ')} must be given.`
            : operation.method === 'GET'
              ? 'Reads, and changes nothing.'
              : 'A real call: what it changes is changed.'}
        </span>
      </div>
      {wrong && <Notice tone="bad">{wrong}</Notice>}
      {result && (
        <Message
          label="Answer"
          first={
            <>
              <HttpStatus status={result.status} />{' '}
              <span className="dim num">{howLong(result.ms)}</span>
            </>
          }
          headers={result.headers}
          body={result.body}
          size={result.size}
        />
      )}
    </section>
  )
}
