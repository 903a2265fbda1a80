import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconPlug } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { get } from '~/api/client'
import type { Connector, Stats } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useSessionState } from '~/api/session'
import { Empty, Lines, Page, Trouble } from '~/ui/page'
import { type Column, Table } from '~/ui/table'
import { count, howLong, rangeStart } from '~/ui/times'
import { Chart } from './chart'
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
      {!stats ? (
        !read.isError && <Lines count={8} />
      ) : (
        <>
          <dl className={css.numbers}>
            <Number
              label="Succeeded"
              value={stats.total.succeeded}
              search={{ state: 'SUCCEEDED', range: name }}
            />
            <Number
              label="Failed"
              tone={stats.total.failed > 0 ? 'bad' : undefined}
              value={stats.total.failed}
              search={{ state: 'FAILED', range: name }}
            />
            <Number
              label="Repeated attempts"
              value={stats.total.retried}
              search={{ range: name }}
            />
            <Number label="Waiting" value={stats.waiting} search={{ state: 'WAITING' }} />
            <Number
              label="Retrying"
              tone={stats.retrying > 0 ? 'warn' : undefined}
              value={stats.retrying}
              search={{ state: 'RETRYING' }}
            />
            <Number
              label="Held"
              tone={stats.held > 0 ? 'warn' : undefined}
              value={stats.held}
              search={{ state: 'HELD' }}
            />
          </dl>
          <section aria-label="Deliveries over time">
            <h2>Deliveries over time</h2>
            <Chart
              step={stats.step}
              times={stats.buckets.map((b) => b.at)}
              lines={[
                {
                  name: 'Succeeded',
                  colour: 'ok',
                  values: stats.buckets.map((b) => b.succeeded + b.ignored),
                },
                { name: 'Failed', colour: 'bad', values: stats.buckets.map((b) => b.failed) },
                { name: 'Repeated', colour: 'warn', values: stats.buckets.map((b) => b.retried) },
              ]}
              bars
            />
          </section>
          <section aria-label="How long third parties take">
            <h2>How long third parties take</h2>
            <Chart
              step={stats.step}
              times={stats.buckets.map((b) => b.at)}
              unit="ms"
              lines={[
                {
                  name: 'Half of them',
                  colour: 'accent',
                  values: stats.buckets.map((b) => b.p50Ms),
                },
                { name: '95 of 100', colour: 'warn', values: stats.buckets.map((b) => b.p95Ms) },
                { name: '99 of 100', colour: 'bad', values: stats.buckets.map((b) => b.p99Ms) },
              ]}
            />
          </section>
          <div className={css.two}>
            <section aria-label="Most failures">
              <h2>Most failures</h2>
              <Ranking
                rows={stats.failing.filter((c) => c.failed + c.retried > 0)}
                range={name}
                none="Nothing failed."
              />
            </section>
            <section aria-label="Slowest">
              <h2>Slowest</h2>
              <Ranking rows={stats.slowest} range={name} none="Nothing was sent." />
            </section>
          </div>
        </>
      )}
    </Page>
  )
}

function Number({
  label,
  value,
  tone,
  search,
}: {
  label: string
  value: number
  tone?: 'bad' | 'warn'
  search: { state?: string; range?: string }
}) {
  return (
    <div>
      <dt>{label}</dt>
      <dd data-tone={tone}>
        <Link to="/deliveries" search={search}>
          {count(value)}
        </Link>
      </dd>
    </div>
  )
}

type Row = Stats['failing'][number]

function Ranking({ rows, range, none }: { rows: Row[]; range: string; none: string }) {
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
      cell: (r) => count(r.attempts),
    },
    {
      key: 'failed',
      title: 'Failed',
      width: 72,
      align: 'right',
      cell: (r) => (
        <Link to="/deliveries" search={{ connector: r.connector.id, state: 'FAILED', range }}>
          {count(r.failed)}
        </Link>
      ),
    },
    { key: 'retried', title: 'Repeated', width: 80, align: 'right', cell: (r) => count(r.retried) },
    {
      key: 'p95',
      title: '95 of 100',
      width: 92,
      align: 'right',
      cell: (r) => (r.p95Ms === null ? '–' : howLong(Math.round(r.p95Ms))),
    },
  ]
  return (
    <Table
      label="Connectors"
      columns={columns}
      rows={rows}
      rowKey={(r) => r.connector.id}
      empty={<p className="dim">{none}</p>}
    />
  )
}
