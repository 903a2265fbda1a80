import { Button } from '@mantine/core'
import { IconBan, IconRefresh } from '@tabler/icons-react'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { part } from '~/api/client'
import type { Attempt, DeliveryWithAttempts } from '~/api/contract'
import { useOne } from '~/api/lists'
import { useMay } from '~/api/session'
import { HIDDEN } from '~/api/types'
import { AttemptBody } from '~/ui/attempt'
import { Facts, Lines, Notice, Page, Trouble } from '~/ui/page'
import { DeliveryStatus, HttpStatus, OutcomeStatus } from '~/ui/status'
import { howLong } from '~/ui/times'
import { When } from '~/ui/when'
import { CancelDialog, isCancellable } from './each'
import { useRetry } from './list'
import css from './one.module.css'

const ENDED = ['SUCCEEDED', 'IGNORED', 'FAILED', 'CANCELLED', 'SUPPRESSED']

export default function OneDelivery() {
  const { id } = useParams({ from: '/inside/deliveries/$id' })
  const search = useSearch({ from: '/inside/deliveries/$id' })
  const navigate = useNavigate()
  const may = useMay()
  const read = useOne<DeliveryWithAttempts>(`/v1/deliveries/${part(id)}`, { every: 3_000 })
  const retry = useRetry(() => {})
  const [cancelling, cancel] = useState(false)
  const delivery = read.data
  const shown = search.attempt ?? delivery?.attempts.at(-1)?.id

  if (read.isError && !delivery) {
    return (
      <Page title="Delivery" trail={<Link to="/deliveries">Deliveries</Link>}>
        <Trouble error={read.error} again={() => void read.refetch()} />
      </Page>
    )
  }
  if (!delivery) {
    return (
      <Page title="Delivery" trail={<Link to="/deliveries">Deliveries</Link>}>
        <Lines count={8} />
      </Page>
    )
  }
  const ended = ENDED.includes(delivery.state)
  return (
    <Page
      title={`${delivery.eventType} to ${delivery.connectorName ?? 'a deleted connector'}`}
      trail={<Link to="/deliveries">Deliveries</Link>}
      beside={<DeliveryStatus state={delivery.state} />}
      actions={
        may.change && (
          <>
            {isCancellable(delivery.state) && (
              <Button
                variant="default"
                leftSection={<IconBan size={14} />}
                onClick={() => cancel(true)}
              >
                Cancel
              </Button>
            )}
            {delivery.state === 'FAILED' && delivery.connectorName !== null && !delivery.test && (
              <Button leftSection={<IconRefresh size={14} />} onClick={() => void retry([id])}>
                Send again
              </Button>
            )}
          </>
        )
      }
    >
      {read.isError && <Trouble error={read.error} again={() => void read.refetch()} />}
      {cancelling && <CancelDialog rows={[delivery]} onClose={() => cancel(false)} />}
      {delivery.lastError && delivery.lastError !== HIDDEN && delivery.state !== 'SUCCEEDED' && (
        <Notice tone={delivery.state === 'FAILED' ? 'bad' : 'warn'}>{delivery.lastError}</Notice>
      )}
      <Facts
        of={[
          ['Delivery', <code key="i">{delivery.id}</code>],
          [
            'Event',
            <Link key="e" to="/events/$id" params={{ id: delivery.event }}>
              <code>{delivery.event}</code>
            </Link>,
          ],
          [
            'Connector',
            delivery.connectorName === null ? (
              'deleted'
            ) : (
              <Link key="c" to="/connectors/$id" params={{ id: delivery.connector }} search={{}}>
                {delivery.connectorName}
              </Link>
            ),
          ],
          ['Made', <When key="m" at={delivery.createdAt} />],
          ended
            ? ['Ended', <When key="n" at={delivery.endedAt} />]
            : ['Next attempt', <When key="n" at={delivery.nextAttemptAt} />],
        ]}
      />
      <div className={css.split}>
        <ol className={css.attempts} aria-label="Attempts">
          {[...delivery.attempts].reverse().map((attempt) => (
            <li key={attempt.id}>
              <button
                type="button"
                data-here={attempt.id === shown || undefined}
                aria-current={attempt.id === shown || undefined}
                onClick={() =>
                  void navigate({ to: '.', search: { attempt: attempt.id }, replace: true })
                }
              >
                <span className={css.line}>
                  <OutcomeStatus outcome={attempt.outcome} />
                  <span className="grow" />
                  <HttpStatus status={attempt.status} />
                </span>
                <span className={css.line}>
                  <span className="dim">
                    Attempt {attempt.number} · <When at={attempt.startedAt} />
                  </span>
                  <span className="grow" />
                  <span className="dim num">{howLong(attempt.durationMs)}</span>
                </span>
              </button>
            </li>
          ))}
        </ol>
        <div style={{ minWidth: 0 }}>
          {shown ? <OneAttempt id={shown} /> : <p className="dim">Nothing has been sent yet.</p>}
        </div>
      </div>
    </Page>
  )
}

function OneAttempt({ id }: { id: string }) {
  const read = useOne<Attempt>(`/v1/attempts/${part(id)}`)
  if (read.isError) return <Trouble error={read.error} again={() => void read.refetch()} />
  return read.data ? <AttemptBody attempt={read.data} /> : <Lines count={10} />
}
