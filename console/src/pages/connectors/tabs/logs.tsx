import { Button } from '@mantine/core'
import { IconList, IconRefresh } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Delivery } from '~/api/contract'
import { part } from '~/api/client'
import { useOne, usePage } from '~/api/lists'
import { useMay } from '~/api/session'
import { ExportCsv } from '~/pages/deliveries/csv'
import { statesOf, useRetry } from '~/pages/deliveries/list'
import { AttemptWindow } from '~/ui/attempt'
import { Choice, Filters, SearchBox } from '~/ui/filters'
import { Empty, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { DeliveryStatus, HttpStatus, stateWord } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { exact, howLong, RANGES, rangeStart } from '~/ui/times'
import { When } from '~/ui/when'

const START = 25

/** Everything that was sent by one connector, tests among it. */
export function LogsTab({ id }: { id: string }) {
  const search = useSearch({ from: '/inside/connectors/$id' })
  const navigate = useNavigate({ from: '/connectors/$id' })
  const may = useMay()
  const retry = useRetry(() => {})
  const limit = search.limit ?? START
  const { state, range, q } = search
  const filters = {
    connector: id,
    state: statesOf(state),
    from: range ? rangeStart(range) : undefined,
    q,
    limit,
  }
  const paging = usePaging(filters, range)
  const page = usePage<Delivery>('/v1/deliveries', paging.query, {
    every: paging.isFirst ? 4_000 : undefined,
  })
  const show = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const rows = page.data?.data

  const columns: Column<Delivery>[] = [
    {
      key: 'id',
      title: 'Id',
      width: 158,
      from: 'wide',
      phone: 'hide',
      cell: (d) => (
        <Link
          to="/deliveries/$id"
          params={{ id: d.id }}
          className="mono"
          title="All of its attempts"
        >
          {d.id}
        </Link>
      ),
    },
    {
      key: 'time',
      title: 'Date',
      width: 104,
      phone: 'title',
      cell: (d) => (
        <span title={exact(d.createdAt)}>
          <When at={d.createdAt} />
        </span>
      ),
    },
    {
      key: 'event',
      title: 'Event',
      width: '15%',
      cell: (d) => (
        <>
          {d.eventType}
          {d.test && <span className="dim"> · test</span>}
        </>
      ),
    },
    {
      key: 'record',
      title: 'Record',
      width: '12%',
      from: 'wide',
      phone: 'hide',
      cell: (d) => d.key ?? <span className="mono dim">{d.event}</span>,
    },
    {
      key: 'attempts',
      title: 'Attempt',
      width: 76,
      align: 'right',
      phone: 'hide',
      cell: (d) => d.attemptCount,
    },
    {
      key: 'state',
      title: 'Status',
      width: 122,
      cell: (d) => <DeliveryStatus state={d.state} reason={d.lastError} />,
    },
    { key: 'http', title: 'Answer', width: 76, cell: (d) => <HttpStatus status={d.lastStatus} /> },
    {
      key: 'took',
      title: 'Took',
      width: 76,
      from: 'wide',
      align: 'right',
      phone: 'hide',
      cell: (d) => (
        <span className="dim">{d.lastDurationMs === null ? '–' : howLong(d.lastDurationMs)}</span>
      ),
    },
    {
      key: 'result',
      title: 'Result',
      from: 'medium',
      phone: 'hide',
      cell: (d) =>
        d.result !== null && d.result !== undefined ? (
          <code title={resultText(d.result)}>{resultText(d.result)}</code>
        ) : (
          <span className="dim" title={d.lastError ?? undefined}>
            {d.lastError ?? '–'}
          </span>
        ),
    },
    {
      key: 'action',
      title: 'Action',
      width: 140,
      cell: (d) => (
        <span className="row">
          <Button
            size="xs"
            variant="default"
            disabled={!d.lastAttempt}
            onClick={() => show({ attempt: d.lastAttempt ?? undefined })}
          >
            View
          </Button>
          {may.change && d.state === 'FAILED' && (
            <Button size="xs" variant="subtle" onClick={() => void retry([d.id])}>
              Retry
            </Button>
          )}
        </span>
      ),
    },
  ]

  return (
    <div className="stack">
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Filters>
        {may.payloads && (
          <SearchBox
            placeholder="Search results and errors"
            value={search.q ?? ''}
            onChange={(q) => show({ q: q || undefined })}
          />
        )}
        <Choice
          label="Status"
          value={search.state ?? ''}
          onChange={(state) => show({ state: state || undefined })}
          options={[
            { value: '', label: 'Any status' },
            { value: 'open', label: 'Not ended' },
            ...(['SUCCEEDED', 'FAILED', 'IGNORED', 'CANCELLED', 'SUPPRESSED'] as const).map(
              (value) => ({
                value,
                label: stateWord(value),
              }),
            ),
          ]}
        />
        <Choice
          label="Date"
          value={search.range ?? ''}
          onChange={(range) => show({ range: range || undefined })}
          options={RANGES}
        />
        <span className="grow" />
        {may.payloads && <ExportCsv query={filters} />}
      </Filters>
      <Table
        label="Logs"
        columns={columns}
        rows={rows}
        rowKey={(d) => d.id}
        stale={page.isPlaceholderData}
        expected={8}
        onOpen={(d) => d.lastAttempt && show({ attempt: d.lastAttempt })}
        empty={
          <Empty icon={IconList} title="Nothing here yet">
            Test the connector, or wait for an event that one of its triggers means.
          </Empty>
        }
      />
      <Pager
        page={page.data}
        paging={paging}
        limit={limit}
        onLimit={(n) => show({ limit: n === START ? undefined : n })}
      />
      <AttemptWindow
        id={search.attempt}
        onClose={() => show({ attempt: undefined })}
        action={(attempt) => (
          <RetryHere delivery={attempt.delivery} onDone={() => show({ attempt: undefined })} />
        )}
      />
    </div>
  )
}

function resultText(result: unknown): string {
  return typeof result === 'string' ? result : JSON.stringify(result)
}

/** Sends again what has failed, from the window that shows why. */
function RetryHere({ delivery, onDone }: { delivery: string; onDone: () => void }) {
  const may = useMay()
  const read = useOne<Delivery>(`/v1/deliveries/${part(delivery)}`)
  const retry = useRetry(onDone)
  return (
    <>
      <Link
        to="/deliveries/$id"
        params={{ id: delivery }}
        style={{ margin: 'auto auto auto 0', fontSize: 'var(--t12)' }}
      >
        All attempts
      </Link>
      {may.change && read.data?.state === 'FAILED' && (
        <Button
          variant="default"
          leftSection={<IconRefresh size={14} />}
          onClick={() => void retry([delivery])}
        >
          Retry
        </Button>
      )}
    </>
  )
}
