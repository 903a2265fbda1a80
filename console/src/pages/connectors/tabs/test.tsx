import { Button, NativeSelect } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { IconFlask, IconPlayerPlay } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ask, getText, part } from '~/api/client'
import type { EventSummary, TestResult } from '~/api/contract'
import { Failure } from '~/api/failure'
import { usePage } from '~/api/lists'
import { useMay, useSessionState } from '~/api/session'
import { CodeField } from '~/editor/code'
import { AttemptBody } from '~/ui/attempt'
import { Message } from '~/ui/exchange'
import { Notice } from '~/ui/page'
import { member, prettyJson } from '~/ui/pretty'
import { Method } from '~/ui/status'
import { ago } from '~/ui/times'
import { useNow } from '~/ui/when'
import css from './tabs.module.css'

const OWN = 'own'

/** Sends one record for a test, and shows what came of it. */
export function TestTab({ id, dirty }: { id: string; dirty: boolean }) {
  const { tenant } = useSessionState()
  const may = useMay()
  const now = useNow()
  const client = useQueryClient()
  const events = usePage<EventSummary>('/v1/events', { limit: 50 })
  const [record, setRecord] = useState<string>()
  const [typed, setTyped] = useState<string>()
  const [result, setResult] = useState<TestResult>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState<'dry' | 'live'>()
  const chosen = record ?? events.data?.data[0]?.id ?? OWN
  const stored = useQuery({
    queryKey: [tenant, 'event-data', chosen],
    queryFn: async () => member(await getText(`/v1/events/${part(chosen)}`), 'data'),
    enabled: chosen !== OWN,
  })
  const data = typed ?? prettyJson(stored.data ?? '') ?? '{\n  "InvoiceNumber": "INV0000001"\n}'
  const event = events.data?.data.find((e) => e.id === chosen)
  // Whoever is quicker than the list would send something that they have not seen.
  const waits = events.isPending || (chosen !== OWN && stored.isPending)

  async function test(dryRun: boolean) {
    if (typed !== undefined && prettyJson(typed) === null) {
      setFailure(
        new Failure(400, 'The record is not JSON.', [
          { pointer: '/data', detail: 'This is not JSON.' },
        ]),
      )
      return
    }
    setBusy(dryRun ? 'dry' : 'live')
    setFailure(undefined)
    setResult(undefined)
    const own = typed !== undefined || chosen === OWN
    const type = own && event ? `,"eventType":${JSON.stringify(event.type)}` : ''
    const given = own ? `,"data":${data}${type}` : `,"event":${JSON.stringify(chosen)}`
    try {
      const raw = `{"dryRun":${dryRun}${given}}`
      const { data: made } = await ask<TestResult>('POST', `/v1/connectors/${part(id)}/test`, {
        raw,
      })
      setResult(made)
      if (!dryRun)
        await client.invalidateQueries({ predicate: (q) => q.queryKey[1] === '/v1/deliveries' })
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      setFailure(e)
    } finally {
      setBusy(undefined)
    }
  }

  useHotkeys([['mod+Enter', () => void test(false)]], [], true)

  return (
    <div className={css.split}>
      <section className="stack" aria-label="Test Connector">
        <h2>Test Connector</h2>
        <p className="dim">
          Sends one record, once, exactly as an event’s would go, and counts for nothing else.
        </p>
        {dirty && (
          <Notice tone="warn">
            What is saved is tested. What you have changed is not saved yet.
          </Notice>
        )}
        <NativeSelect
          label="Record ID"
          description="Whose data is sent."
          value={chosen}
          onChange={(e) => {
            setRecord(e.currentTarget.value)
            setTyped(undefined)
          }}
          data={[
            ...(events.data?.data ?? []).map((e, i) => ({
              value: e.id,
              label: `${i === 0 ? 'Latest: ' : ''}${e.type}${e.key ? ` ${e.key}` : ''}, ${ago(Date.parse(e.createdAt), now)}`,
            })),
            { value: OWN, label: 'Data of your own' },
          ]}
        />
        <CodeField
          label="Record"
          language="json"
          lines={10}
          value={data}
          error={failure?.at('/data')}
          onChange={(next) => {
            if (next !== data) setTyped(next)
          }}
        />
        <div className="row">
          <Button
            leftSection={<IconPlayerPlay size={14} />}
            loading={busy === 'live'}
            disabled={!may.change || waits}
            onClick={() => void test(false)}
          >
            Test Connector
          </Button>
          <Button
            variant="default"
            leftSection={<IconFlask size={14} />}
            loading={busy === 'dry'}
            disabled={!may.change || waits}
            onClick={() => void test(true)}
          >
            Only show the request
          </Button>
        </div>
      </section>
      <section className="stack" aria-label="Result" aria-live="polite">
        {failure && <Notice tone="bad">{failure.message}</Notice>}
        {result?.attempt && (
          <>
            <Notice tone={result.attempt.outcome === 'SUCCESS' ? 'ok' : 'idle'}>
              Check the result on the{' '}
              <Link to="/connectors/$id" params={{ id }} search={{ tab: 'logs' }}>
                Logs tab
              </Link>
              . It is here too.
            </Notice>
            <AttemptBody attempt={result.attempt} />
          </>
        )}
        {result && !result.attempt && (
          <>
            {result.problem && <Notice tone="bad">{result.problem.detail}</Notice>}
            {result.notes.map((note) => (
              <Notice key={note}>{note}</Notice>
            ))}
            {result.request && (
              <Message
                label="Request"
                first={
                  <>
                    <Method method={result.request.method} /> <code>{result.request.url}</code>
                  </>
                }
                headers={result.request.headers}
                body={result.request.body?.text ?? null}
                size={result.request.body?.size ?? 0}
              />
            )}
          </>
        )}
        {!result && !failure && !busy && (
          <p className="dim">The exact request and response appear here.</p>
        )}
      </section>
    </div>
  )
}
