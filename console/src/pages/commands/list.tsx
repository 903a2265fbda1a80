import { Button } from '@mantine/core'
import { IconCircleDashed, IconListDetails, IconPlus, IconTerminal2 } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Binding, Command, RunSummary } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useMay } from '~/api/session'
import { Filters, SearchBox } from '~/ui/filters'
import { Empty, Page, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { OnOff, runWord } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { exact } from '~/ui/times'
import { When } from '~/ui/when'
import { bindingPath } from './binding'
import css from './commands.module.css'
import { bringsOf } from './draft'
import { useVersion } from './editing'

const START = 50

export default function Commands() {
  const search = useSearch({ from: '/inside/commands' })
  const navigate = useNavigate({ from: '/commands' })
  const may = useMay()
  const limit = search.limit ?? START
  const paging = usePaging({ limit })
  const page = usePage<Command>('/v1/commands', paging.query)
  const wanted = (search.q ?? '').toLowerCase()
  const all = page.data?.data
  const rows = all?.filter((c) => `${c.name} ${c.sentence}`.toLowerCase().includes(wanted))

  function show(change: Partial<typeof search>): void {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }

  return (
    <Page
      title="Commands"
      about="Asked for now, by a product whose user waits: somebody clicks VIEW on an invoice, and the document comes from the third party’s own server."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconListDetails size={14} />}
            onClick={() => void navigate({ to: '/runs', search: {} })}
          >
            All runs
          </Button>
          {may.operate && <NewCommand />}
        </>
      }
    >
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      {(all?.length ?? 0) > 5 && (
        <Filters>
          <SearchBox
            placeholder="Find by name or purpose"
            value={search.q ?? ''}
            onChange={(q) => show({ q: q || undefined })}
          />
        </Filters>
      )}
      <Table
        label="Commands"
        columns={columns}
        rows={rows}
        rowKey={(c) => c.name}
        stale={page.isPlaceholderData}
        expected={4}
        onOpen={(c) =>
          void navigate({ to: '/commands/$name', params: { name: c.name }, search: {} })
        }
        empty={
          <Empty
            icon={IconTerminal2}
            title={wanted ? 'No command fits' : 'No commands yet'}
            action={
              wanted ? (
                <Button variant="default" onClick={() => show({ q: undefined })}>
                  Show all
                </Button>
              ) : (
                may.operate && <NewCommand />
              )
            }
          >
            {wanted
              ? 'None has what you look for in its name or purpose.'
              : 'A command brings something from a third party while somebody waits. The operator of this hub says which there are.'}
          </Empty>
        }
      />
      {(page.data?.total ?? 0) > limit && (
        <Pager
          page={page.data}
          paging={paging}
          limit={limit}
          onLimit={(n) => show({ limit: n === START ? undefined : n })}
        />
      )}
    </Page>
  )
}

function NewCommand() {
  const navigate = useNavigate()
  return (
    <Button
      data-new
      leftSection={<IconPlus size={14} />}
      onClick={() => void navigate({ to: '/commands/$name', params: { name: 'new' }, search: {} })}
    >
      New command
    </Button>
  )
}

/** Whether a command is bound, and may be run. */
export function Bound({ bound, active }: { bound: boolean; active?: boolean }) {
  return bound ? (
    <OnOff on={active ?? true} words={['Active', 'Not active']} />
  ) : (
    <span className="dim row" style={{ gap: 6 }}>
      <IconCircleDashed size={14} aria-hidden />
      Not bound
    </span>
  )
}

const columns: Column<Command>[] = [
  {
    key: 'name',
    title: 'Command',
    width: '18%',
    phone: 'title',
    cell: (c) => (
      <Link to="/commands/$name" params={{ name: c.name }} style={{ fontWeight: 500 }}>
        {c.name}
      </Link>
    ),
  },
  {
    key: 'sentence',
    title: 'What it is for',
    phone: 'second',
    cell: (c) => (
      <span className="dim" title={c.sentence}>
        {c.sentence}
      </span>
    ),
  },
  {
    key: 'inputs',
    title: 'Takes',
    width: '12%',
    from: 'wide',
    phone: 'hide',
    cell: (c) => (
      <span className="mono dim">{c.inputs.map((i) => i.name).join(', ') || 'nothing'}</span>
    ),
  },
  {
    key: 'brings',
    title: 'Brings',
    width: 112,
    from: 'medium',
    phone: 'hide',
    cell: (c) => bringsOf(c.answer),
  },
  { key: 'bound', title: 'Binding', width: 112, cell: (c) => <BindingOf command={c} /> },
  { key: 'runs', title: 'Last runs', width: 160, cell: (c) => <LastRuns name={c.name} /> },
]

function BindingOf({ command }: { command: Command }) {
  const bound = command.bound ?? false
  const read = useVersion<Binding>(bindingPath(command.name), bound)
  if (bound && !read.data) return null
  return <Bound bound={bound} active={read.data?.document?.active} />
}

const SHOWN = 10

/** The latest runs as marks, the newest at the right. */
function LastRuns({ name }: { name: string }) {
  const read = usePage<RunSummary>('/v1/runs', { command: name, limit: SHOWN }, { every: 15_000 })
  const runs = read.data?.data ?? []
  if (!read.data) return null
  if (runs.length === 0) return <span className="dim">never run</span>
  const words = runs.map((r) => `${runWord(r.outcome)}, ${exact(r.startedAt)}`).join('\n')
  return (
    <Link to="/commands/$name" params={{ name }} search={{ tab: 'runs' }} title={words}>
      <span className="only-reader">
        {`The last runs of ${name}; the latest: ${runWord(runs[0]!.outcome)}, `}
      </span>
      <span className={css.dots} aria-hidden>
        {[...runs].reverse().map((r) => (
          <span key={r.id} data-outcome={r.outcome} />
        ))}
      </span>
      <When at={runs[0]!.startedAt} />
    </Link>
  )
}
