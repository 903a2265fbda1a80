import { Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { post } from '~/api/client'
import type { Delivery, DeliveryResults } from '~/api/contract'
import { words } from '~/api/failure'
import { Notice } from '~/ui/page'
import { type Result, Results } from '~/ui/results'
import { done } from '~/ui/toasts'

type Row = Pick<Delivery, 'id' | 'eventType' | 'connectorName' | 'state'>

/** What can be called off: what is on its way can’t be called back. */
export function isCancellable(state: Delivery['state']): boolean {
  return state === 'WAITING' || state === 'RETRYING' || state === 'HELD'
}

/** Asks whether deliveries are to be cancelled, does it, and says what became of each. */
export function CancelDialog({ rows, onClose }: { rows: Row[]; onClose: () => void }) {
  const client = useQueryClient()
  const [results, setResults] = useState<Result[]>()
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const what = rows.length === 1 ? 'this delivery' : `${rows.length} deliveries`

  async function go() {
    setBusy(true)
    setWrong(undefined)
    try {
      const ids = rows.map((row) => row.id)
      const answer = await post<DeliveryResults>('/v1/deliveries/cancel', { ids })
      const all = answer.results.map((result, i) => ({
        id: rows[i]!.id,
        name: `${rows[i]!.eventType} to ${rows[i]!.connectorName ?? 'a deleted connector'}`,
        ok: !('problem' in result),
        words: 'problem' in result ? result.problem.detail : 'Cancelled',
      }))
      void client.invalidateQueries()
      if (all.some((result) => !result.ok)) {
        setResults(all)
      } else {
        done(all.length === 1 ? 'It is cancelled.' : `${all.length} are cancelled.`)
        onClose()
      }
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
      size={520}
      title={results ? 'What became of each' : `Cancel ${what}?`}
    >
      <div className="stack">
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        {results ? (
          <Results of={results} />
        ) : (
          <p>
            What waits, is to be tried again or is held is not sent any more. The log keeps what was
            sent before. This can’t be undone.
          </p>
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            {results ? 'Close' : 'Keep'}
          </Button>
          {!results && (
            <Button loading={busy} data-autofocus data-danger onClick={() => void go()}>
              Cancel {what}
            </Button>
          )}
        </div>
      </div>
    </Modal>
  )
}
