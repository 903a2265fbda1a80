import { Button, Modal, Radio } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, part, post } from '~/api/client'
import type { Connector, ConnectorResults } from '~/api/contract'
import { Failure, words } from '~/api/failure'
import { Notice } from '~/ui/page'
import { type Result, Results } from '~/ui/results'
import { done } from '~/ui/toasts'
import { amount } from '~/ui/times'

export interface BulkWork {
  kind: 'activate' | 'disable' | 'delete'
  rows: Connector[]
}

type Held = 'release' | 'discard' | 'keep'

const title = { activate: 'Activate', disable: 'Disable', delete: 'Delete' }
const past = { activate: 'Activated', disable: 'Disabled', delete: 'Deleted' }

/** Asks what has to be asked before, does it, and says what became of each. */
export function BulkDialog({
  work,
  onClose,
  onDone,
}: {
  work: BulkWork | undefined
  onClose: () => void
  onDone: () => void
}) {
  if (!work) return null
  return (
    <Dialog
      key={work.kind + work.rows.map((r) => r.id).join()}
      work={work}
      onClose={onClose}
      onDone={onDone}
    />
  )
}

function Dialog({
  work,
  onClose,
  onDone,
}: {
  work: BulkWork
  onClose: () => void
  onDone: () => void
}) {
  const client = useQueryClient()
  const [held, setHeld] = useState<Held>('release')
  const [results, setResults] = useState<Result[]>()
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const { kind, rows } = work
  const waiting = rows.reduce((sum, c) => sum + c.waiting, 0)
  const one = rows.length === 1 ? rows[0] : undefined
  const what = one ? `“${one.name}”` : `${rows.length} connectors`

  async function go() {
    setBusy(true)
    setWrong(undefined)
    try {
      const all = kind === 'delete' ? await deleteAll(rows) : await changeAll(kind, rows, held)
      await client.invalidateQueries()
      onDone()
      const good = all.every((r) => r.ok)
      if (good) {
        done(
          `${past[kind]} ${what}.`,
          kind === 'delete' ? undefined : () => void undo(kind, rows, client),
        )
      }
      if (good && one) onClose()
      else setResults(all)
    } catch (e) {
      setWrong(words(e))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={results ? 'What became of each' : `${title[kind]} ${what}?`}
      size={480}
    >
      <div className="stack">
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        {results ? (
          <Results of={results} />
        ) : (
          <Question kind={kind} waiting={waiting} held={held} setHeld={setHeld} />
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button
            variant="default"
            data-autofocus={kind === 'delete' || results !== undefined || undefined}
            onClick={onClose}
          >
            {results ? 'Close' : 'Cancel'}
          </Button>
          {!results && (
            <Button
              loading={busy}
              data-autofocus={kind !== 'delete' || undefined}
              onClick={() => void go()}
              data-danger={kind === 'delete' || undefined}
            >
              {title[kind]}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  )
}

function Question({
  kind,
  waiting,
  held,
  setHeld,
}: {
  kind: BulkWork['kind']
  waiting: number
  held: Held
  setHeld: (held: Held) => void
}) {
  const several = waiting === 1 ? '1 delivery' : `${amount(waiting)} deliveries`
  switch (kind) {
    case 'activate':
      return waiting === 0 ? (
        <p>Events that match are sent again from now on. Nothing is held.</p>
      ) : (
        <Radio.Group
          label={`${several} ${waiting === 1 ? 'is' : 'are'} waiting. What was held meanwhile:`}
          value={held}
          onChange={(v) => setHeld(v)}
        >
          <div className="stack" style={{ marginTop: 8 }}>
            <Radio value="release" label="Send it now" />
            <Radio value="keep" label="Keep it held, for later" />
            <Radio value="discard" label="Give it up: it is not sent any more" />
          </div>
        </Radio.Group>
      )
    case 'disable':
      return (
        <p>
          It is not called any more. Events that match go on making deliveries; they are held until
          it is activated again.
        </p>
      )
    case 'delete':
      return (
        <>
          {waiting > 0 && (
            <Notice tone="warn">
              {several} {waiting === 1 ? 'has' : 'have'} not ended yet and will be cancelled.
            </Notice>
          )}
          <p>The log of what was sent stays. This can’t be undone.</p>
        </>
      )
  }
}

async function changeAll(
  kind: 'activate' | 'disable',
  rows: Connector[],
  held: Held,
): Promise<Result[]> {
  const ids = rows.map((c) => c.id)
  const body = kind === 'activate' ? { ids, held } : { ids }
  const { results } = await post<ConnectorResults>(`/v1/connectors/${kind}`, body)
  return results.map((r) => ({
    id: r.id,
    name: rows.find((c) => c.id === r.id)?.name ?? r.id,
    ok: r.status === 200,
    words: 'problem' in r ? r.problem.detail : past[kind],
  }))
}

async function deleteAll(rows: Connector[]): Promise<Result[]> {
  const results: Result[] = []
  for (const c of rows) {
    try {
      await ask('DELETE', `/v1/connectors/${part(c.id)}`, { query: { deliveries: 'cancel' } })
      results.push({ id: c.id, name: c.name, ok: true, words: past.delete })
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      results.push({
        id: c.id,
        name: c.name,
        ok: e.status === 404,
        words: e.status === 404 ? 'Was gone already' : e.message,
      })
    }
  }
  return results
}

async function undo(
  kind: 'activate' | 'disable',
  rows: Connector[],
  client: ReturnType<typeof useQueryClient>,
) {
  const before = rows.filter((c) => c.active === (kind === 'disable'))
  if (before.length)
    await changeAll(kind === 'activate' ? 'disable' : 'activate', before, 'release')
  await client.invalidateQueries()
}
