import { Button } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { IconCopy } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { get, getText, part } from '~/api/client'
import type { Delivery, DeliveryWithAttempts, Event, MatchList } from '~/api/contract'
import { useOne, usePage } from '~/api/lists'
import { useMay, useSessionState } from '~/api/session'
import { useRetry } from '~/pages/deliveries/list'
import { Hidden } from '~/ui/attempt'
import { copy } from '~/ui/files'
import { Highlight } from '~/ui/highlight'
import { Facts, Lines, Page, Trouble } from '~/ui/page'
import { member, prettyJson } from '~/ui/pretty'
import { DeliveryStatus, HttpStatus, OutcomeStatus } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { amount, exact, howLong } from '~/ui/times'
import { done } from '~/ui/toasts'
import { When } from '~/ui/when'
import css from './one.module.css'
import { after, type Entry, timeline } from './timeline'

const MOST = 100
/** Of how many deliveries the attempts are told one by one. */
const TOLD = 20

export default function OneEvent() {
  const { id } = useParams({ from: '/inside/events/$id' })
  const { tenant } = useSessionState()
  const may = useMay()
  const navigate = useNavigate()
  const retry = useRetry(() => {})
  const read = useQuery({
    queryKey: [tenant, 'event', id],
    queryFn: async () => {
      const text = await getText(`/v1/events/${part(id)}`)
      return { event: JSON.parse(text) as Event, data: shownData(text) }
    },
  })
  const deliveries = usePage<Delivery>(
    '/v1/deliveries',
    { event: id, sort: 'createdAt', limit: MOST },
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
          [
            'Key',
            event.key === null ? (
              '–'
            ) : (
              <Link
                key="k"
                to="/events"
                search={{ key: event.key }}
                title="All events with this key"
              >
                {event.key}
              </Link>
            ),
          ],
          ['Happened', <When key="t" at={event.time} />],
          ['Arrived', <When key="a" at={event.createdAt} />],
        ]}
      />
      <div className={css.split}>
        <section aria-label="What came of it" className="stack" style={{ minWidth: 0 }}>
          <h2>What came of it</h2>
          {deliveries.data?.total === 0 ? (
            <p className="dim">No connector wanted it, so nothing was sent.</p>
          ) : (
            <Table
              label="Deliveries of this event"
              columns={columns(may.change ? (one) => void retry([one]) : undefined)}
              rows={deliveries.data?.data}
              rowKey={(d) => d.id}
              expected={event.deliveries || 1}
              onOpen={(d) => void navigate({ to: '/deliveries/$id', params: { id: d.id } })}
            />
          )}
          {(deliveries.data?.total ?? 0) > MOST && (
            <p>
              <Link to="/deliveries" search={{ event: id }}>
                All {amount(deliveries.data!.total)} deliveries
              </Link>
            </p>
          )}
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
          <Timeline event={event} deliveries={deliveries.data?.data ?? []} />
        </section>
        <section aria-label="Data" style={{ minWidth: 0 }}>
          <div className="row">
            <h2 className="grow">Data</h2>
            {data !== null && (
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
            <Hidden what="what is in this event" />
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

const END: Record<string, string> = {
  HELD: 'is disabled: this is held until it is activated',
  SUPPRESSED: 'was left out',
  CANCELLED: 'was cancelled',
  WAITING: 'has yet to be asked',
  SENDING: 'is being asked',
}

/** Each attempt in the order of time, and what is still to come. */
function Timeline({ event, deliveries }: { event: Event; deliveries: Delivery[] }) {
  const { tenant } = useSessionState()
  const read = useQueries({
    queries: deliveries.slice(0, TOLD).map((d) => ({
      queryKey: [tenant, `/v1/deliveries/${part(d.id)}`, d.state, d.attemptCount],
      queryFn: () => get<DeliveryWithAttempts>(`/v1/deliveries/${part(d.id)}`),
      staleTime: Infinity,
    })),
  })
  const known = new Map(read.flatMap((r) => (r.data ? [[r.data.id, r.data] as const] : [])))
  const entries = timeline(deliveries, known)
  return (
    <>
      <h2>Timeline</h2>
      <ol className={css.timeline} aria-label="Timeline">
        <li>
          <time className={css.offset} dateTime={event.createdAt} title={exact(event.createdAt)}>
            <When at={event.createdAt} />
          </time>
          <span className={css.dot} />
          <div className={css.entry}>It arrived.</div>
        </li>
        {entries.map((entry) => (
          <Told key={`${entry.delivery.id}${entry.kind}${entry.at}`} entry={entry} event={event} />
        ))}
      </ol>
    </>
  )
}

function Told({ entry, event }: { entry: Entry; event: Event }) {
  const { delivery, at } = entry
  const attempt = entry.kind === 'attempt' ? entry.attempt : undefined
  const state = entry.kind === 'next' ? undefined : (attempt?.outcome ?? delivery.state)
  return (
    <li data-coming={entry.kind === 'next' || undefined}>
      <time className={css.offset} dateTime={at} title={exact(at)}>
        {entry.kind === 'next' ? <When at={at} /> : after(event.createdAt, at)}
      </time>
      <span className={css.dot} data-state={state} />
      <div className={css.entry}>
        <Link
          to="/deliveries/$id"
          params={{ id: delivery.id }}
          search={attempt ? { attempt: attempt.id } : {}}
        >
          {delivery.connectorName ?? 'A deleted connector'}
        </Link>
        {attempt ? (
          <>
            {attempt.status !== null && <HttpStatus status={attempt.status} />}
            <OutcomeStatus outcome={attempt.outcome} />
            <span className="dim num">{howLong(attempt.durationMs)}</span>
            {delivery.attemptCount > 1 && <span className="dim">attempt {attempt.number}</span>}
          </>
        ) : entry.kind === 'next' ? (
          <span className="dim">is tried again</span>
        ) : END[delivery.state] ? (
          <span className="dim">{END[delivery.state]}</span>
        ) : (
          <DeliveryStatus state={delivery.state} />
        )}
      </div>
      {attempt?.error && attempt.outcome !== 'SUCCESS' && (
        <p className={css.why}>{attempt.error}</p>
      )}
    </li>
  )
}

function columns(retry: ((id: string) => void) | undefined): Column<Delivery>[] {
  return [
    {
      key: 'connector',
      title: 'Connector',
      phone: 'title',
      cell: (d) => (
        <Link to="/deliveries/$id" params={{ id: d.id }} search={{}} style={{ fontWeight: 500 }}>
          {d.connectorName ?? 'A deleted connector'}
        </Link>
      ),
    },
    {
      key: 'state',
      title: 'State',
      width: 122,
      cell: (d) => <DeliveryStatus state={d.state} reason={d.lastError} />,
    },
    { key: 'http', title: 'Answer', width: 72, cell: (d) => <HttpStatus status={d.lastStatus} /> },
    {
      key: 'attempts',
      title: 'Attempts',
      width: 80,
      align: 'right',
      phone: 'named',
      cell: (d) => d.attemptCount,
    },
    ...(retry
      ? [
          {
            key: 'retry',
            title: '',
            width: 84,
            align: 'right' as const,
            phone: 'end' as const,
            cell: (d: Delivery) =>
              d.state === 'FAILED' && (
                <Button size="xs" variant="default" onClick={() => retry(d.id)}>
                  Retry
                </Button>
              ),
          },
        ]
      : []),
  ]
}

/** The data as it was sent; null where the reader may not see it. */
function shownData(text: string): string | null {
  const data = member(text, 'data')
  return data !== null && /^\{\s*"hidden"\s*:\s*true\s*\}$/.test(data) ? null : data
}
