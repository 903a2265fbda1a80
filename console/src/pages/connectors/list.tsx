import { Button, Menu } from '@mantine/core'
import {
  IconChevronDown,
  IconFileImport,
  IconLayoutGrid,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlug,
  IconPlus,
  IconTerminal,
  IconTrash,
} from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { Connector } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useMay, useSessionState } from '~/api/session'
import { typeOf } from '~/api/types'
import { preloadEditor } from '~/editor/code'
import { Choice, Filters, SearchBox } from '~/ui/filters'
import { Empty, Page, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { Spark } from '~/ui/spark'
import { ConnectorStatus, Method } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { amount, count } from '~/ui/times'
import { DayOf } from '~/ui/when'
import { BulkDialog, type BulkWork } from './bulk'
import { kept } from './kept'
import css from './list.module.css'
import { ConnectorMenu } from './menu'
import { LastResult, useStats } from './stats'
import { METHODS, QuickEditor } from './quick'

const START = 10

export default function Connectors() {
  const search = useSearch({ from: '/inside/connectors' })
  const navigate = useNavigate({ from: '/connectors' })
  const may = useMay()
  const limit = search.limit ?? START
  const filters = {
    q: search.q,
    state: search.state,
    method: search.method,
    sort: search.sort,
    limit,
  }
  const paging = usePaging(filters)
  const page = usePage<Connector>('/v1/connectors', paging.query, { every: 15_000 })
  const stats = useStats(page.data?.data)
  const statsOf = new Map(stats.data?.data.map((one) => [one.connector.id, one]))
  const { tenant } = useSessionState()
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set())
  const [work, setWork] = useState<BulkWork>()

  function show(change: Partial<typeof search>): void {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }

  const columns: Column<Connector>[] = [
    {
      key: 'name',
      title: 'Connector Name',
      sort: 'name',
      width: 'clamp(140px, 15.6vw, 320px)',
      phone: 'title',
      cell: (c) => (
        <>
          <Link
            to="/connectors"
            search={{ ...search, edit: c.id }}
            style={{ fontWeight: 500 }}
            title={c.name}
          >
            {c.name}
          </Link>
          {kept(`${tenant ?? ''}/${c.id}`) && <span className="dim"> · not saved</span>}
        </>
      ),
    },
    {
      key: 'url',
      title: 'Url',
      sort: 'url',
      cell: (c) => (
        <span className={css.url} title={c.url}>
          {c.url.startsWith('https://') ? (
            <>
              <span className="only-reader">https://</span>
              {c.url.slice('https://'.length)}
            </>
          ) : (
            c.url
          )}
        </span>
      ),
      phone: 'hide',
    },
    {
      key: 'method',
      title: 'Method',
      sort: 'method',
      width: 78,
      cell: (c) => <Method method={c.method} />,
    },
    {
      key: 'type',
      title: 'Type',
      sort: 'bodyType',
      width: 96,
      cell: (c) => typeOf(c),
      from: 'medium',
    },
    {
      key: 'status',
      title: 'Status',
      sort: 'state',
      width: 'clamp(116px, 11.4vw, 172px)',
      cell: (c) => (
        <>
          <ConnectorStatus state={c.state} reason={c.stateReason} />
          {c.waiting > 0 && (
            <Link
              className={css.waiting}
              to="/deliveries"
              search={{ connector: c.id, state: 'open' }}
              title={`${amount(c.waiting)} not ended yet`}
            >
              {count(c.waiting)} waiting
            </Link>
          )}
        </>
      ),
    },
    {
      key: 'last',
      title: 'Last result',
      width: 136,
      cell: (c) => <LastResult of={statsOf.get(c.id)} />,
    },
    {
      key: 'recent',
      title: 'Last 24 hours',
      width: 120,
      from: 'wide',
      phone: 'hide',
      cell: (c) => {
        const recent = statsOf.get(c.id)?.recent
        return recent && <Spark succeeded={recent.succeeded} failed={recent.failed} unit="hour" />
      },
    },
    {
      key: 'date',
      title: 'Date',
      width: 72,
      from: 'wide',
      sort: 'createdAt',
      phone: 'hide',
      cell: (c) => <DayOf at={c.createdAt} />,
    },
    {
      key: 'menu',
      title: 'Action',
      width: 60,
      align: 'right',
      phone: 'end',
      cell: (c) => (
        <ConnectorMenu connector={c} onDelete={() => setWork({ kind: 'delete', rows: [c] })} />
      ),
    },
  ]

  const rows = page.data?.data
  const filtered = Boolean(search.q || search.state || search.method)
  const chosenRows = rows?.filter((c) => chosen.has(c.id)) ?? []

  return (
    <Page
      title="Connectors"
      about={
        <>
          Calls to third parties. <Link to="/help">More information on REST services</Link>.
        </>
      }
      actions={may.change && <NewConnector />}
    >
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      {may.change && chosenRows.length > 0 && (
        <Filters>
          <strong>{chosenRows.length} chosen</strong>
          <Button
            variant="default"
            leftSection={<IconPlayerPlay size={14} />}
            onClick={() => setWork({ kind: 'activate', rows: chosenRows })}
          >
            Activate
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlayerPause size={14} />}
            onClick={() => setWork({ kind: 'disable', rows: chosenRows })}
          >
            Disable
          </Button>
          <Button
            variant="default"
            leftSection={<IconTrash size={14} />}
            onClick={() => setWork({ kind: 'delete', rows: chosenRows })}
          >
            Delete
          </Button>
          <Button variant="subtle" color="gray" onClick={() => choose(new Set())}>
            Choose none
          </Button>
        </Filters>
      )}
      {chosenRows.length === 0 && (filtered || (rows?.length ?? 1) > 0) && (
        <Filters>
          <SearchBox
            placeholder="Find by name or URL"
            value={search.q ?? ''}
            onChange={(q) => show({ q: q || undefined })}
          />
          <Choice
            label="Status"
            value={search.state ?? ''}
            onChange={(state) => show({ state: state || undefined })}
            options={[
              { value: '', label: 'Any status' },
              { value: 'ACTIVE', label: 'Active' },
              { value: 'INACTIVE', label: 'Disabled' },
              { value: 'NEEDS_AUTH', label: 'Needs authorization' },
              { value: 'DISABLED', label: 'Switched off' },
            ]}
          />
          <Choice
            label="Method"
            value={search.method ?? ''}
            onChange={(method) => show({ method: method || undefined })}
            options={[
              { value: '', label: 'Any method' },
              ...METHODS.map((m) => ({ value: m, label: m })),
            ]}
          />
        </Filters>
      )}
      {/* Who is about to open one gets the editor without a wait; who only looks is spared its size. */}
      <div onPointerEnter={preloadEditor} onFocus={preloadEditor}>
        <Table
          label="Connectors"
          columns={columns}
          rows={rows}
          rowKey={(c) => c.id}
          rowName={(c) => c.name}
          sort={search.sort ?? '-createdAt'}
          onSort={(sort) => show({ sort: sort === '-createdAt' ? undefined : sort })}
          selection={may.change ? { chosen, choose } : undefined}
          stale={page.isPlaceholderData}
          expected={limit}
          onOpen={(c) => void navigate({ to: '/connectors', search: { ...search, edit: c.id } })}
          empty={
            filtered ? (
              <Empty
                icon={IconPlug}
                title="No connector fits"
                action={
                  <Button
                    variant="default"
                    onClick={() => show({ q: undefined, state: undefined, method: undefined })}
                  >
                    Show all
                  </Button>
                }
              >
                None of your connectors has what you look for.
              </Empty>
            ) : (
              <Empty
                icon={IconPlug}
                title="Send your first event somewhere"
                action={may.change && <NewConnector />}
              >
                A connector says where events go, and how: the address of an API, what is sent, and
                as whom. Begin with a service that you know, or with a command that works in your
                terminal.
              </Empty>
            )
          }
        />
      </div>
      <Pager
        page={page.data}
        paging={paging}
        limit={limit}
        onLimit={(n) => show({ limit: n === START ? undefined : n })}
      />
      <QuickEditor id={search.edit} onClose={() => show({ edit: undefined })} />
      <BulkDialog work={work} onClose={() => setWork(undefined)} onDone={() => choose(new Set())} />
    </Page>
  )
}

function NewConnector() {
  const navigate = useNavigate()
  const begin = (from: 'template' | 'curl' | 'import') =>
    void navigate({ to: '/connectors/$id', params: { id: 'new' }, search: { from } })
  return (
    <div onPointerEnter={preloadEditor} onFocus={preloadEditor}>
      <Button.Group>
        <Button
          data-new
          leftSection={<IconPlus size={14} />}
          onClick={() => void navigate({ to: '/connectors', search: { edit: 'new' } })}
        >
          New Connector
        </Button>
        <Menu position="bottom-end" width={250}>
          <Menu.Target>
            <Button
              px={8}
              aria-label="Other ways to begin"
              style={{ borderLeft: '1px solid var(--accent-strong)' }}
            >
              <IconChevronDown size={14} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconLayoutGrid size={15} />} onClick={() => begin('template')}>
              From a template
            </Menu.Item>
            <Menu.Item leftSection={<IconTerminal size={15} />} onClick={() => begin('curl')}>
              Paste a cURL command
            </Menu.Item>
            <Menu.Item leftSection={<IconFileImport size={15} />} onClick={() => begin('import')}>
              Import OpenAPI or Postman
            </Menu.Item>
            <Menu.Item
              leftSection={<IconPlus size={15} />}
              onClick={() =>
                void navigate({ to: '/connectors/$id', params: { id: 'new' }, search: {} })
              }
            >
              Blank, with all settings
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Button.Group>
    </div>
  )
}
