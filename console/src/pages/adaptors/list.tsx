import { Button } from '@mantine/core'
import { IconArrowsShuffle, IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Adaptor } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useMay } from '~/api/session'
import { Empty, Page, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { OnOff } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { count } from '~/ui/times'
import { DayOf } from '~/ui/when'

const LIMIT = 50

const columns: Column<Adaptor>[] = [
  {
    key: 'name',
    title: 'Name',
    phone: 'title',
    cell: (a) => (
      <Link to="/adaptors/$id" params={{ id: a.id }} style={{ fontWeight: 500 }}>
        {a.name}
      </Link>
    ),
  },
  { key: 'active', title: 'Status', width: 120, cell: (a) => <OnOff on={a.active} /> },
  { key: 'rows', title: 'Rows', width: 80, align: 'right', cell: (a) => a.rows.length },
  {
    key: 'used',
    title: 'Used by',
    cell: (a) =>
      a.usedBy.length === 0 ? (
        <span className="dim">no connector</span>
      ) : (
        some(a.usedBy.map((c) => c.name))
      ),
  },
  {
    key: 'id',
    title: 'Adaptor ID',
    width: 176,
    from: 'medium',
    phone: 'hide',
    cell: (a) => <code>{a.id}</code>,
  },
  { key: 'date', title: 'Date', width: 84, phone: 'hide', cell: (a) => <DayOf at={a.updatedAt} /> },
]

const NAMED = 3

/** The first of many names, and how many there are besides. */
function some(names: string[]): string {
  const more = names.length - NAMED
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${count(more)} more` : '')
}

export default function Adaptors() {
  const navigate = useNavigate()
  const may = useMay()
  const paging = usePaging({ limit: LIMIT })
  const page = usePage<Adaptor>('/v1/adaptors', paging.query)
  const rows = page.data?.data
  const make = may.change && (
    <Button
      data-new
      leftSection={<IconPlus size={14} />}
      onClick={() => void navigate({ to: '/adaptors/$id', params: { id: 'new' } })}
    >
      New Adaptor
    </Button>
  )
  return (
    <Page
      title="Adaptors"
      about="Which field of an event becomes which field of a third party’s, for any number of connectors."
      actions={make}
    >
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Table
        label="Adaptors"
        columns={columns}
        rows={rows}
        rowKey={(a) => a.id}
        expected={6}
        onOpen={(a) => void navigate({ to: '/adaptors/$id', params: { id: a.id } })}
        empty={
          <Empty icon={IconArrowsShuffle} title="No adaptor yet" action={make}>
            Where a third party calls things by other names, or wants other formats, an adaptor says
            so once, and every connector to it uses that.
          </Empty>
        }
      />
      <Pager page={page.data} paging={paging} limit={LIMIT} />
    </Page>
  )
}
