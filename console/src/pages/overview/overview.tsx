import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconPlug, IconSend } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { get } from '~/api/client'
import type { Connector, Stats } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useSessionState } from '~/api/session'
import { Empty, Lines, Page, Trouble } from '~/ui/page'
import { type Column, Table } from '~/ui/table'
import { amount, howLong, rangeStart } from '~/ui/times'
import { When } from '~/ui/when'
import { Bars, Durations } from './chart'
import css from './overview.module.css'

const RANGES: Record<string, { label: string; step: '1h' | '1d'; back: string }> = {
  '24h': { label: '24 hours', step: '1h', back: '24h' },
  '7d': { label: '7 days', step: '1h', back: '7d' },
  '30d': { label: '30 days', step: '1d', back: '30d' },
}

/** How it goes, and every number a link to what is behind it. */
export default function Overview() {
  const { tenant } = useSessionState()
  const search = useSearch({ from: '/inside/' })
  const navigate = useNavigate({ from: '/' })
  const name = search.range && RANGES[search.range] ? search.range : '24h'
  const range = RANGES[name]!
  const read = useQuery({
    queryKey: [tenant, 'stats', name],
    queryFn: ({ signal }) =>
      get<Stats>('/v1/stats', { from: rangeStart(range.back), step: range.step }, signal),
    refetchInterval: 15_000,
  })
  const connectors = usePage<Connector>('/v1/connectors', { limit: 1 })
  const stats = read.data

  if (connectors.data?.total === 0) {
    return (
      <Page title="Overview">
        <Empty
          icon={IconPlug}
          title="Begin with a connector"
          action={
            <Link to="/connectors" search={{}}>
              To the connectors
            </Link>
          }
        >
          Events come in from your product, and connectors carry them to third parties. What became
          of them is summed up here.
        </Empty>
      </Page>
    )
  }
  return (
    <Page
      title="Overview"
      actions={
        <SegmentedControl
          aria-label="Time"
          value={name}
          onChange={(value) =>
            void navigate({ search: { range: value === '24h' ? undefined : value } })
          }
          data={Object.entries(RANGES).map(([value, r]) => ({ value, label: r.label }))}
        />
      }
    >
      {read.isError && <Trouble error={read.error} again={() => void read.refetch()} />}
      {!stats ? !read.isError && <Lines count={8} /> : <Numbers stats={stats} range={name} />}
    </Page>
  )
}

function Numbers({ stats, range }: { stats: Stats; range: string }) {
  const { total, buckets } = stats
  const ended = total.succeeded + total.ignored + total.failed
  const times = buckets.map((b) => b.at)
  return (
    <>
      <div className={css.groups}>
        <section aria-label={`In the last ${RANGES[range]!.label}`}>
          <h2 className={css.caption}>In the last {RANGES[range]!.label}</h2>
          <dl className={css.numbers}>
            <Number
              label="Succeeded"
              value={total.succeeded}
              beside={ended > 0 ? percent(total.succeeded + total.ignored, ended) : undefined}
              help="Deliveries whose third party took them, and how many of a hundred that ended."
              search={{ state: 'SUCCEEDED', range }}
            />
            <Number
              label="Failed"
              tone={total.failed > 0 ? 'bad' : undefined}
              value={total.failed}
              help="Deliveries that ended without success: no attempt is left, or the answer said not to try again."
              search={{ state: 'FAILED', range }}
            />
            {total.ignored > 0 && (
              <Number
                label="Ignored"
                value={total.ignored}
                help="Deliveries that a rule of their connector lets end without anything being wrong."
                search={{ state: 'IGNORED', range }}
              />
            )}
            <Number
              label="Repeated attempts"
              value={total.retried}
              help="Attempts after which another one followed."
              search={{ repeated: true, range }}
            />
          </dl>
        </section>
        <section aria-label="Right now">
          <h2 className={css.caption}>Right now</h2>
          <dl className={css.numbers}>
            <Number
              label="Waiting"
              value={stats.waiting}
              help="Deliveries that no attempt has been made for yet."
              search={{ state: 'WAITING' }}
            />
            <Number
              label="Retrying"
              tone={stats.retrying > 0 ? 'warn' : undefined}
              value={stats.retrying}
              help="Deliveries that are tried again later."
              search={{ state: 'RETRYING' }}
            />
            <Number
              label="Held"
              tone={stats.held > 0 ? 'warn' : undefined}
              value={stats.held}
              help="Deliveries of connectors that are disabled: they are sent when it is activated."
              search={{ state: 'HELD' }}
            />
          </dl>
        </section>
      </div>
      {ended + total.retried === 0 ? (
        <Empty
          icon={IconSend}
          title={`Nothing was delivered in the last ${RANGES[range]!.label}`}
          action={
            <Link to="/events" search={{ send: 'new' }}>
              Send a test event
            </Link>
          }
        >
          As soon as an event fits a connector’s triggers, what became of it is drawn here, hour by
          hour.
        </Empty>
      ) : (
        <>
          <Bars
            label="Deliveries over time"
            title="Deliveries"
            step={stats.step}
            times={times}
            lines={[
              {
                name: 'Succeeded',
                colour: 'ok',
                values: buckets.map((b) => b.succeeded),
                whole: total.succeeded,
                of: { state: 'SUCCEEDED' },
              },
              ...(total.ignored > 0
                ? [
                    {
                      name: 'Ignored',
                      colour: 'idle' as const,
                      values: buckets.map((b) => b.ignored),
                      whole: total.ignored,
                      of: { state: 'IGNORED' },
                    },
                  ]
                : []),
              {
                name: 'Repeated attempts',
                colour: 'warn',
                values: buckets.map((b) => b.retried),
                whole: total.retried,
                of: { repeated: true },
              },
              {
                name: 'Failed',
                colour: 'bad',
                values: buckets.map((b) => b.failed),
                whole: total.failed,
                of: { state: 'FAILED' },
              },
            ]}
          />
          <Durations
            label="How long third parties take, over time"
            title="Duration of attempts"
            step={stats.step}
            times={times}
            lines={[
              {
                name: 'p50',
                help: 'Half of the attempts took at most this long.',
                colour: 'accent',
                values: buckets.map((b) => b.p50Ms),
                whole: total.p50Ms,
              },
              {
                name: 'p95',
                help: '95 of 100 attempts took at most this long.',
                colour: 'accent-2',
                values: buckets.map((b) => b.p95Ms),
                whole: total.p95Ms,
              },
              {
                name: 'p99',
                help: '99 of 100 attempts took at most this long.',
                colour: 'idle',
                values: buckets.map((b) => b.p99Ms),
                whole: total.p99Ms,
              },
            ]}
          />
          <div className={css.two}>
            <section aria-label="Most failures">
              <h2>Most failures</h2>
              <Ranking
                label="Connectors with most failures"
                rows={stats.failing.filter((c) => c.failed + c.retried > 0)}
                range={range}
                none="Nothing failed."
              />
            </section>
            <section aria-label="Slowest">
              <h2>Slowest</h2>
              <Ranking
                label="Slowest connectors"
                rows={stats.slowest}
                range={range}
                none="Nothing was sent."
              />
            </section>
          </div>
          <p className="dim">
            {Date.parse(stats.connectorsFrom) > Date.parse(stats.from) && (
              <>
                So many connectors were busy that they are compared from{' '}
                <When at={stats.connectorsFrom} /> on.{' '}
              </>
            )}
            p50, p95 and p99: half, 95 and 99 of 100 attempts took at most this long; right to a
            fifth. Tests are not counted.
          </p>
        </>
      )}
    </>
  )
}

/** A share with one digit, and never all or nothing unless it is. */
function percent(part: number, all: number): string {
  if (part === all) return '100%'
  const shown = Math.min(99.9, Math.round((part / all) * 1_000) / 10)
  return `${part > 0 ? Math.max(0.1, shown) : 0}%`
}

function Number({
  label,
  value,
  beside,
  tone,
  help,
  search,
}: {
  label: string
  value: number
  beside?: string
  tone?: 'bad' | 'warn'
  help: string
  search: { state?: string; repeated?: true; range?: string }
}) {
  return (
    <div>
      <dt title={help}>{label}</dt>
      <dd data-tone={tone}>
        <Link to="/deliveries" search={search}>
          {amount(value)}
        </Link>
        {beside && <span className={css.beside}>{beside}</span>}
      </dd>
    </div>
  )
}

type Row = Stats['failing'][number]

function Ranking({
  label,
  rows,
  range,
  none,
}: {
  label: string
  rows: Row[]
  range: string
  none: string
}) {
  const number = (r: Row, value: number, of?: { state?: string; repeated?: true }) => (
    <Link
      to="/deliveries"
      search={{ connector: r.connector.id, range, ...of }}
      className={value === 0 ? 'dim' : css.link}
    >
      {amount(value)}
    </Link>
  )
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: 'Connector',
      phone: 'title',
      cell: (r) => (
        <Link to="/connectors/$id" params={{ id: r.connector.id }} search={{ tab: 'logs', range }}>
          {r.connector.name}
        </Link>
      ),
    },
    {
      key: 'attempts',
      title: 'Attempts',
      width: 84,
      align: 'right',
      phone: 'named',
      cell: (r) => number(r, r.attempts),
    },
    {
      key: 'failed',
      title: 'Failed',
      width: 68,
      align: 'right',
      phone: 'named',
      cell: (r) => number(r, r.failed, { state: 'FAILED' }),
    },
    {
      key: 'retried',
      title: 'Repeated',
      width: 84,
      align: 'right',
      phone: 'named',
      cell: (r) => number(r, r.retried, { repeated: true }),
    },
    {
      key: 'p95',
      title: 'p95',
      width: 84,
      align: 'right',
      phone: 'named',
      cell: (r) => (r.p95Ms === null ? '–' : howLong(Math.round(r.p95Ms))),
    },
  ]
  return (
    <Table
      label={label}
      columns={columns}
      rows={rows}
      rowKey={(r) => r.connector.id}
      empty={<p className="dim">{none}</p>}
    />
  )
}
