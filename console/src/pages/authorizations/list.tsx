import { Button } from '@mantine/core'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Authorization } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useMay } from '~/api/session'
import { Empty, Page, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { type Column, Table } from '~/ui/table'
import { DayOf, When } from '~/ui/when'
import { kindWord } from './kinds'

const LIMIT = 50

const columns: Column<Authorization>[] = [
  {
    key: 'name',
    title: 'Name',
    phone: 'title',
    cell: (a) => (
      <Link to="/authorizations/$id" params={{ id: a.id }} style={{ fontWeight: 500 }}>
        {a.name}
      </Link>
    ),
  },
  { key: 'kind', title: 'Kind', width: 180, cell: (a) => kindWord(a.kind) },
  { key: 'hosts', title: 'Hosts', cell: (a) => <code>{a.hosts.join(', ')}</code> },
  {
    key: 'overlap',
    title: 'Rotation',
    width: 180,
    from: 'medium',
    phone: 'hide',
    cell: (a) =>
      a.overlapEndsAt ? (
        <>
          former one ends <When at={a.overlapEndsAt} />
        </>
      ) : (
        <span className="dim">–</span>
      ),
  },
  { key: 'date', title: 'Date', width: 84, phone: 'hide', cell: (a) => <DayOf at={a.updatedAt} /> },
]

export default function Authorizations() {
  const navigate = useNavigate()
  const may = useMay()
  const paging = usePaging({ limit: LIMIT })
  const page = usePage<Authorization>('/v1/authorizations', paging.query)
  const rows = page.data?.data
  const make = may.change && (
    <Button
      data-new
      leftSection={<IconPlus size={14} />}
      onClick={() => void navigate({ to: '/authorizations/$id', params: { id: 'new' } })}
    >
      New Authorization
    </Button>
  )
  return (
    <Page
      title="Authorizations"
      about="Who calls are made as. Secrets are encrypted, go to their hosts only, and are never shown again."
      actions={make}
    >
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Table
        label="Authorizations"
        columns={columns}
        rows={rows}
        rowKey={(a) => a.id}
        expected={6}
        onOpen={(a) => void navigate({ to: '/authorizations/$id', params: { id: a.id } })}
        empty={
          <Empty icon={IconKey} title="No authorization yet" action={make}>
            A credential that several connectors use is kept here once: changed in one place, and
            bound to the hosts that may see it.
          </Empty>
        }
      />
      <Pager page={page.data} paging={paging} limit={LIMIT} />
    </Page>
  )
}
