import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconBan, IconRefresh, IconSend } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { post } from '~/api/client'
import type { Delivery, DeliveryResults } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useMay } from '~/api/session'
import { Chip, Choice, Filters, SearchBox } from '~/ui/filters'
import { Empty, Page, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { ConnectorPick, TypePick } from '~/ui/picks'
import { DeliveryStatus, HttpStatus, stateWord } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { howLong, RANGES, rangeStart, span } from '~/ui/times'
import { done, failed } from '~/ui/toasts'
import { When } from '~/ui/when'
import { ExportCsv } from './csv'
import { CancelDialog } from './each'

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
    from: search.from ?? (search.range ? rangeStart(search.range) : undefined),
    to: search.to,
    eventType: search.type,
    errorClass: search.error,
    test: search.test,
    minAttempts: search.repeated ? 2 : undefined,
    q: search.q,
    limit,
  }
  const paging = usePaging(filters, search.range)
  const page = usePage<Delivery>('/v1/deliveries', paging.query, {
    every: paging.isFirst ? 5_000 : undefined,
  })
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())

  function show(change: Partial<typeof search>): void {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }

  const rows = page.data?.data
  const filtered = Object.entries(filters).some(
    ([name, value]) => name !== 'limit' && value !== undefined,
  )
  const selected = rows?.filter((d) => chosen.has(d.id)) ?? []
  const [cancelling, cancel] = useState<Delivery[]>()
  const retry = useRetry(() => choose(new Set()))

  return (
    <Page
      title="Deliveries"
      about="Each event on its way to each connector that wants it."
      actions={may.payloads && <ExportCsv query={filters} />}
    >
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Filters>
        {selected.length > 0 && may.change ? (
          <>
            <strong>{selected.length} chosen</strong>
            <Button
              variant="default"
              leftSection={<IconRefresh size={14} />}
              onClick={() => void retry(selected.map((d) => d.id))}
            >
              Retry
            </Button>
            <Button
              variant="default"
              leftSection={<IconBan size={14} />}
              onClick={() => cancel(selected)}
            >
              Cancel
            </Button>
            <Button variant="subtle" color="gray" onClick={() => choose(new Set())}>
              Choose none
            </Button>
          </>
        ) : (
          <>
            {may.payloads && (
              <SearchBox
                placeholder="Search results and errors"
                width={220}
                value={search.q ?? ''}
                onChange={(q) => show({ q: q || undefined })}
              />
            )}
            <ConnectorPick value={search.connector} onChange={(connector) => show({ connector })} />
            <TypePick value={search.type} onChange={(type) => show({ type })} />
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
              onChange={(range) =>
                show({ range: range || undefined, from: undefined, to: undefined })
              }
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
            {(search.from ?? search.to) && (
              <Chip onRemove={() => show({ from: undefined, to: undefined })}>
                {span(search.from, search.to)}
              </Chip>
            )}
            {search.error && (
              <Chip onRemove={() => show({ error: undefined })}>{search.error}</Chip>
            )}
            {search.repeated && (
              <Chip onRemove={() => show({ repeated: undefined })}>Attempted more than once</Chip>
            )}
            {search.event && <Chip onRemove={() => show({ event: undefined })}>Of one event</Chip>}
            {filtered && (
              <Button
                variant="subtle"
                color="gray"
                onClick={() =>
                  void navigate({
                    search: search.limit ? { limit: search.limit } : {},
                    replace: true,
                  })
                }
              >
                Clear
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
          filtered ? (
            <Empty icon={IconSend} title="No delivery fits">
              Take a filter away, or choose a longer time.
            </Empty>
          ) : (
            <Empty
              icon={IconSend}
              title="Nothing has been sent yet"
              action={
                may.change && (
                  <Link to="/events" search={{ send: 'new' }}>
                    Send a test event
                  </Link>
                )
              }
            >
              An event that fits a connector’s triggers becomes a delivery, and is listed here with
              what came of it.
            </Empty>
          )
        }
      />
      {cancelling && (
        <CancelDialog
          rows={cancelling}
          onClose={() => {
            cancel(undefined)
            choose(new Set())
          }}
        />
      )}
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
      width: withConnector ? '16%' : undefined,
      phone: 'title',
      cell: (d) => (
        <Link
          to="/deliveries/$id"
          params={{ id: d.id }}
          style={{ fontWeight: 500 }}
          title={d.eventType}
        >
          {d.eventType}
          {d.test && <span className="dim"> · test</span>}
        </Link>
      ),
    },
    {
      key: 'connector',
      title: 'Connector',
      phone: 'second',
      cell: (d) =>
        d.connectorName === null ? (
          <span className="dim">deleted</span>
        ) : (
          <span title={d.connectorName}>{d.connectorName}</span>
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
      phone: 'hide',
      from: 'medium',
      cell: (d) => d.attemptCount,
    },
    {
      key: 'took',
      title: 'Took',
      width: 76,
      align: 'right',
      from: 'wide',
      phone: 'hide',
      cell: (d) => (
        <span className="dim">{d.lastDurationMs === null ? '–' : howLong(d.lastDurationMs)}</span>
      ),
    },
    {
      key: 'key',
      title: 'Key',
      width: 132,
      from: 'full',
      phone: 'hide',
      cell: (d) => (
        <span className="dim" title={d.key ?? undefined}>
          {d.key}
        </span>
      ),
    },
    {
      key: 'error',
      title: 'What went wrong',
      width: '17%',
      from: 'wide',
      phone: 'hide',
      cell: (d) => (
        <span className="dim" title={d.lastError ?? undefined}>
          {d.nextAttemptAt && (
            <>
              Again <When at={d.nextAttemptAt} />
              {d.lastError && ': '}
            </>
          )}
          {d.lastError}
        </span>
      ),
    },
    {
      key: 'created',
      title: 'Time',
      width: 96,
      cell: (d) => (
        <span className="dim">
          <When at={d.createdAt} />
        </span>
      ),
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
