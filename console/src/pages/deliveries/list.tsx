import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconRefresh, IconSend, IconX } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { part, post } from '~/api/client'
import type { Connector, Delivery, DeliveryResults } from '~/api/contract'
import { useOne, usePage } from '~/api/lists'
import { useMay } from '~/api/session'
import { Choice, Filters, SearchBox } from '~/ui/filters'
import { Empty, Page, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { DeliveryStatus, HttpStatus, stateWord } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { howLong, rangeStart } from '~/ui/times'
import { done, failed } from '~/ui/toasts'
import { When } from '~/ui/when'
import { ExportCsv } from './csv'

const START = 50

const STATES: Delivery['state'][] = [
  'WAITING',
  'SENDING',
  'RETRYING',
  'HELD',
  'SUCCEEDED',
  'IGNORED',
  'FAILED',
  'CANCELLED',
  'SUPPRESSED',
]
const OPEN: Delivery['state'][] = ['WAITING', 'SENDING', 'RETRYING', 'HELD']

export const RANGES = [
  { value: '', label: 'Any time' },
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
]

/** The query that a choice of states stands for. */
export function statesOf(state: string | undefined): string[] | undefined {
  return state === 'open' ? OPEN : state ? [state] : undefined
}

export default function Deliveries() {
  const search = useSearch({ from: '/inside/deliveries' })
  const navigate = useNavigate({ from: '/deliveries' })
  const may = useMay()
  const limit = search.limit ?? START
  const filters = {
    connector: search.connector,
    event: search.event,
    state: statesOf(search.state),
    from: search.range ? rangeStart(search.range) : undefined,
    eventType: search.type,
    errorClass: search.error,
    test: search.test,
    q: search.q,
    limit,
  }
  const paging = usePaging(filters)
  const page = usePage<Delivery>('/v1/deliveries', paging.query, {
    every: paging.isFirst ? 5_000 : undefined,
  })
  const connector = useOne<Connector>(`/v1/connectors/${part(search.connector ?? '')}`, {
    enabled: Boolean(search.connector),
  })
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())

  function show(change: Partial<typeof search>): void {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }

  const rows = page.data?.data
  const filtered = Object.entries(filters).some(
    ([name, value]) => name !== 'limit' && value !== undefined,
  )
  const retriable = rows?.filter((d) => chosen.has(d.id)) ?? []
  const retry = useRetry(() => choose(new Set()))

  return (
    <Page
      title="Deliveries"
      about="Each event on its way to each connector that wants it."
      actions={<ExportCsv query={filters} />}
    >
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Filters>
        {retriable.length > 0 && may.change ? (
          <>
            <strong>{retriable.length} chosen</strong>
            <Button
              variant="default"
              leftSection={<IconRefresh size={14} />}
              onClick={() => void retry(retriable.map((d) => d.id))}
            >
              Retry
            </Button>
            <Button variant="subtle" color="gray" onClick={() => choose(new Set())}>
              Choose none
            </Button>
          </>
        ) : (
          <>
            <SearchBox
              placeholder="In results and errors"
              width={220}
              value={search.q ?? ''}
              onChange={(q) => show({ q: q || undefined })}
            />
            <Choice
              label="State"
              value={search.state ?? ''}
              onChange={(state) => show({ state: state || undefined })}
              options={[
                { value: '', label: 'Any state' },
                { value: 'open', label: 'Not ended' },
                ...STATES.map((state) => ({ value: state, label: stateWord(state) })),
              ]}
            />
            <Choice
              label="Time"
              value={search.range ?? ''}
              onChange={(range) => show({ range: range || undefined })}
              options={RANGES}
            />
            <Choice
              label="Tests"
              value={search.test ?? ''}
              onChange={(test) => show({ test: test || undefined })}
              options={[
                { value: '', label: 'With tests' },
                { value: 'false', label: 'Without tests' },
                { value: 'true', label: 'Only tests' },
              ]}
            />
            {search.type && (
              <Button
                variant="default"
                rightSection={<IconX size={13} />}
                onClick={() => show({ type: undefined })}
              >
                {search.type}
              </Button>
            )}
            {search.error && (
              <Button
                variant="default"
                rightSection={<IconX size={13} />}
                onClick={() => show({ error: undefined })}
              >
                {search.error}
              </Button>
            )}
            {search.connector && (
              <Button
                variant="default"
                rightSection={<IconX size={13} />}
                onClick={() => show({ connector: undefined })}
              >
                to {connector.data?.name ?? search.connector}
              </Button>
            )}
            {search.event && (
              <Button
                variant="default"
                rightSection={<IconX size={13} />}
                onClick={() => show({ event: undefined })}
              >
                of one event
              </Button>
            )}
          </>
        )}
      </Filters>
      <Table
        label="Deliveries"
        columns={columns(!search.connector)}
        rows={rows}
        rowKey={(d) => d.id}
        rowName={(d) => `${d.eventType} to ${d.connectorName ?? 'a deleted connector'}`}
        selection={may.change ? { chosen, choose } : undefined}
        stale={page.isPlaceholderData}
        expected={Math.min(limit, 20)}
        onOpen={(d) => void navigate({ to: '/deliveries/$id', params: { id: d.id }, search: {} })}
        empty={
          <Empty icon={IconSend} title={filtered ? 'Nothing fits' : 'Nothing has been sent yet'}>
            An event that fits a connector’s triggers becomes a delivery, and is listed here with
            what came of it.
          </Empty>
        }
      />
      <Pager
        page={page.data}
        paging={paging}
        limit={limit}
        onLimit={(n) => show({ limit: n === START ? undefined : n })}
      />
    </Page>
  )
}

function columns(withConnector: boolean): Column<Delivery>[] {
  const all: Column<Delivery>[] = [
    {
      key: 'type',
      title: 'Event',
      phone: 'title',
      cell: (d) => (
        <Link to="/deliveries/$id" params={{ id: d.id }} style={{ fontWeight: 500 }}>
          {d.eventType}
          {d.test && <span className="dim"> · test</span>}
        </Link>
      ),
    },
    {
      key: 'connector',
      title: 'Connector',
      cell: (d) => d.connectorName ?? <span className="dim">deleted</span>,
    },
    {
      key: 'state',
      title: 'State',
      width: 130,
      cell: (d) => <DeliveryStatus state={d.state} reason={d.lastError} />,
    },
    { key: 'http', title: 'Answer', width: 76, cell: (d) => <HttpStatus status={d.lastStatus} /> },
    {
      key: 'attempts',
      title: 'Attempts',
      width: 84,
      align: 'right',
      phone: 'hide',
      from: 'medium',
      cell: (d) => d.attemptCount,
    },
    {
      key: 'key',
      title: 'Key',
      width: 110,
      from: 'wide',
      phone: 'hide',
      cell: (d) => <span className="dim">{d.key}</span>,
    },
    {
      key: 'took',
      title: 'Took',
      width: 76,
      align: 'right',
      from: 'medium',
      phone: 'hide',
      cell: (d) => (
        <span className="dim">{d.lastDurationMs === null ? '–' : howLong(d.lastDurationMs)}</span>
      ),
    },
    {
      key: 'error',
      title: 'What went wrong',
      width: '20%',
      from: 'wide',
      phone: 'hide',
      cell: (d) => <span className="dim">{d.lastError}</span>,
    },
    {
      key: 'created',
      title: 'Time',
      width: 100,
      cell: (d) => (
        <span className="dim">
          <When at={d.createdAt} />
        </span>
      ),
    },
    {
      key: 'next',
      title: 'Next attempt',
      width: 112,
      from: 'wide',
      phone: 'hide',
      cell: (d) => (d.nextAttemptAt ? <When at={d.nextAttemptAt} /> : null),
    },
  ]
  return withConnector ? all : all.filter((column) => column.key !== 'connector')
}

/** Sends deliveries again, and says what became of each. */
export function useRetry(after: () => void) {
  const client = useQueryClient()
  return async (ids: string[]) => {
    try {
      const { results } = await post<DeliveryResults>('/v1/deliveries/retry', { ids })
      const wrong = results.flatMap((r) => ('problem' in r ? [r.problem.detail] : []))
      const good = results.length - wrong.length
      if (good > 0) done(good === 1 ? 'It is sent again.' : `${good} are sent again.`)
      if (wrong.length > 0) failed(null, `${wrong.length} could not be: ${wrong[0]} `)
      after()
      await client.invalidateQueries()
    } catch (e) {
      failed(e)
    }
  }
}
