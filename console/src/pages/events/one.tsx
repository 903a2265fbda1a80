import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconCopy } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { getText, part } from '~/api/client'
import type { Delivery, Event, MatchList } from '~/api/contract'
import { useOne, usePage } from '~/api/lists'
import { useMay, useSessionState } from '~/api/session'
import { copy } from '~/ui/files'
import { Highlight } from '~/ui/highlight'
import { Facts, Lines, Page, Trouble } from '~/ui/page'
import { member, prettyJson } from '~/ui/pretty'
import { DeliveryStatus, HttpStatus } from '~/ui/status'
import { done } from '~/ui/toasts'
import { When } from '~/ui/when'
import css from './one.module.css'

export default function OneEvent() {
  const { id } = useParams({ from: '/inside/events/$id' })
  const { tenant } = useSessionState()
  const may = useMay()
  const read = useQuery({
    queryKey: [tenant, 'event', id],
    queryFn: async () => {
      const text = await getText(`/v1/events/${part(id)}`)
      return { event: JSON.parse(text) as Event, data: shownData(text) }
    },
  })
  const deliveries = usePage<Delivery>(
    '/v1/deliveries',
    { event: id, sort: 'createdAt', limit: 100 },
    { every: 3_000 },
  )
  const matches = useOne<MatchList>(`/v1/events/${part(id)}/matches?limit=200`)
  const trail = <Link to="/events">Events</Link>

  if (read.isError) {
    return (
      <Page title="Event" trail={trail}>
        <Trouble error={read.error} again={() => void read.refetch()} />
      </Page>
    )
  }
  if (!read.data) {
    return (
      <Page title="Event" trail={trail}>
        <Lines count={8} />
      </Page>
    )
  }
  const { event, data } = read.data
  const shown = prettyJson(data ?? '') ?? data ?? ''
  const others = matches.data?.data.filter((m) => !m.matches) ?? []
  return (
    <Page title={event.type} trail={trail}>
      <Facts
        of={[
          ['Event', <code key="i">{event.id}</code>],
          ['Sender’s id', event.clientId ? <code key="c">{event.clientId}</code> : '–'],
          ['Key', event.key ?? '–'],
          ['Happened', <When key="t" at={event.time} />],
          ['Arrived', <When key="a" at={event.createdAt} />],
        ]}
      />
      <div className={css.split}>
        <section aria-label="What came of it">
          <h2>What came of it</h2>
          <ol className={css.timeline}>
            <li>
              <span className={css.dot} />
              <div className={css.entry}>
                <span>It arrived.</span>
                <span className="dim">
                  <When at={event.createdAt} />
                </span>
              </div>
            </li>
            {deliveries.data?.data.map((d) => (
              <li key={d.id}>
                <span className={css.dot} data-state={d.state} />
                <div className={css.entry}>
                  <Link to="/deliveries/$id" params={{ id: d.id }} search={{}}>
                    {d.connectorName ?? 'A deleted connector'}
                  </Link>
                  <DeliveryStatus state={d.state} reason={d.lastError} />
                  {d.lastStatus !== null && <HttpStatus status={d.lastStatus} />}
                  <span className="grow" />
                  <span className="dim">
                    {d.attemptCount > 1 && `${d.attemptCount} attempts · `}
                    <When at={d.endedAt ?? d.nextAttemptAt ?? d.createdAt} />
                  </span>
                </div>
                {d.lastError && d.state !== 'SUCCEEDED' && <p className={css.why}>{d.lastError}</p>}
              </li>
            ))}
          </ol>
          {deliveries.isError && <Trouble error={deliveries.error} />}
          {others.length > 0 && (
            <details className={css.others}>
              <summary>
                {others.length} {others.length === 1 ? 'connector' : 'connectors'} did not want it
              </summary>
              <ul>
                {others.map((m) => (
                  <li key={m.connector}>
                    <Link
                      to="/connectors/$id"
                      params={{ id: m.connector }}
                      search={{ tab: 'triggers' }}
                    >
                      {m.connectorName}
                    </Link>
                    <span className="dim"> {m.reason}</span>
                  </li>
                ))}
              </ul>
            </details>
          )}
        </section>
        <section aria-label="Data" style={{ minWidth: 0 }}>
          <div className="row">
            <h2 className="grow">Data</h2>
            {may.payloads && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconCopy size={13} />}
                onClick={() => {
                  void copy(shown).then(() => done('Copied.'))
                }}
              >
                Copy
              </Button>
            )}
          </div>
          {data === null ? (
            <p className="dim">You may not see what is in it.</p>
          ) : (
            <pre className={css.data} tabIndex={0}>
              <Highlight text={shown} kind="json" />
            </pre>
          )}
        </section>
      </div>
    </Page>
  )
}

/** The data as it was sent; null where the reader may not see it. */
function shownData(text: string): string | null {
  const data = member(text, 'data')
  return data !== null && /^\{\s*"hidden"\s*:\s*true\s*\}$/.test(data) ? null : data
}
