import { IconListDetails } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Command, RunOutcome, RunSummary } from '~/api/contract'
import { usePage } from '~/api/lists'
import { Choice, Filters, SearchBox } from '~/ui/filters'
import { Empty, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { HttpStatus, RunStatus, runWord } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { bytes, exact, howLong, RANGES, rangeStart } from '~/ui/times'
import { When } from '~/ui/when'

const START = 50

const OUTCOMES: RunOutcome[] = [
  'ANSWERED',
  'NOT_FOUND',
  'FAILED',
  'TIMEOUT',
  'RATE_LIMITED',
  'BROKEN',
  'GONE',
  'STOPPED',
]

export interface RunSearch {
  command?: string
  outcome?: string
  range?: string
  limit?: number
}

/** Runs that asked somebody, newest first, and the way to each. */
export function RunsLog({
  search,
  show,
  ofOne,
}: {
  search: RunSearch
  show: (change: RunSearch) => void
  /** Of one command alone. */
  ofOne?: boolean
}) {
  const navigate = useNavigate()
  const limit = search.limit ?? START
  const filters = {
    command: search.command,
    outcome: search.outcome,
    from: search.range ? rangeStart(search.range) : undefined,
    limit,
  }
  const paging = usePaging(filters, search.range)
  const page = usePage<RunSummary>('/v1/runs', paging.query, {
    every: paging.isFirst ? 5_000 : undefined,
  })
  const commands = usePage<Command>('/v1/commands', { limit: 1000 }, { enabled: !ofOne })
  const rows = page.data?.data
  const filtered = Boolean(search.outcome ?? search.range ?? (ofOne ? undefined : search.command))
  const open = (id: string) => void navigate({ to: '/runs/$id', params: { id } })

  return (
    <div className="stack" style={{ gap: 16 }}>
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Filters>
        <SearchBox
          placeholder="Find a run by its id"
          width={220}
          value=""
          onChange={(q) => {
            if (/^run_[0-9a-z]{13}$/.test(q.trim())) open(q.trim())
          }}
        />
        {!ofOne && (
          <Choice
            label="Command"
            value={search.command ?? ''}
            onChange={(command) => show({ command: command || undefined })}
            options={[
              { value: '', label: 'Any command' },
              ...(commands.data?.data ?? []).map((c) => ({ value: c.name, label: c.name })),
            ]}
          />
        )}
        <Choice
          label="Outcome"
          value={search.outcome ?? ''}
          onChange={(outcome) => show({ outcome: outcome || undefined })}
          options={[
            { value: '', label: 'Any outcome' },
            ...OUTCOMES.map((o) => ({ value: o, label: runWord(o) })),
          ]}
        />
        <Choice
          label="Time"
          value={search.range ?? ''}
          onChange={(range) => show({ range: range || undefined })}
          options={RANGES}
        />
      </Filters>
      <Table
        label="Runs"
        columns={columns(!ofOne)}
        rows={rows}
        rowKey={(r) => r.id}
        stale={page.isPlaceholderData}
        expected={Math.min(limit, 15)}
        onOpen={(r) => open(r.id)}
        empty={
          <Empty
            icon={IconListDetails}
            title={filtered ? 'No run fits' : 'Nothing has been run yet'}
            action={
              ofOne &&
              !filtered &&
              search.command && (
                <Link
                  to="/commands/$name"
                  params={{ name: search.command }}
                  search={{ tab: 'run' }}
                >
                  Run it here
                </Link>
              )
            }
          >
            Every run that asked a third party is listed here when it is over, with who asked, what
            was sent, and what came back.
          </Empty>
        }
      />
      <Pager
        page={page.data}
        paging={paging}
        limit={limit}
        onLimit={(n) => show({ limit: n === START ? undefined : n })}
      />
    </div>
  )
}

/** Who asked, in words. */
export function askerOf(asker: RunSummary['askedBy']): string {
  switch (asker.by) {
    case 'operator':
      return 'the operator'
    case 'key':
      return asker.name ?? 'an API key'
    case 'link':
      return `a link of ${asker.name ?? 'the operator'}`
    case 'user':
      return asker.name ?? 'somebody in the console'
  }
}

function columns(withCommand: boolean): Column<RunSummary>[] {
  const all: Column<RunSummary>[] = [
    {
      key: 'time',
      title: 'Time',
      width: 110,
      phone: 'title',
      cell: (r) => (
        <Link to="/runs/$id" params={{ id: r.id }} title={exact(r.startedAt)}>
          <When at={r.startedAt} />
        </Link>
      ),
    },
    {
      key: 'command',
      title: 'Command',
      width: '18%',
      cell: (r) => <span style={{ fontWeight: 500 }}>{r.command}</span>,
    },
    {
      key: 'outcome',
      title: 'Outcome',
      width: 150,
      cell: (r) => <RunStatus outcome={r.outcome} reason={r.error} />,
    },
    {
      key: 'status',
      title: 'Answered',
      width: 84,
      phone: 'hide',
      cell: (r) => <HttpStatus status={r.status} />,
    },
    {
      key: 'asker',
      title: 'Asked by',
      width: '14%',
      phone: 'hide',
      from: 'medium',
      cell: (r) => askerOf(r.askedBy),
    },
    {
      key: 'what',
      title: 'What came',
      phone: 'second',
      cell: (r) =>
        r.error ? (
          <span className="dim" title={r.error}>
            {r.error}
          </span>
        ) : (
          <span className="dim">
            {[r.contentType, r.size === null ? null : bytes(r.size)].filter(Boolean).join(', ')}
          </span>
        ),
    },
    {
      key: 'took',
      title: 'Took',
      width: 80,
      align: 'right',
      cell: (r) => <span className="dim">{howLong(r.durationMs)}</span>,
    },
    {
      key: 'view',
      title: '',
      width: 56,
      align: 'right',
      phone: 'end',
      cell: (r) => (
        <Link
          to="/runs/$id"
          params={{ id: r.id }}
          aria-label={`View the run of ${exact(r.startedAt)}`}
        >
          View
        </Link>
      ),
    },
  ]
  return withCommand ? all : all.filter((c) => c.key !== 'command')
}
