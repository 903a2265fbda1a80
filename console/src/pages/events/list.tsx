import { Button } from '@mantine/core'
import { IconBolt, IconPlus } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import type { Delivery, EventSummary } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useMay } from '~/api/session'
import { Chip, Choice, Filters, SearchBox } from '~/ui/filters'
import { Empty, Page, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { TypePick } from '~/ui/picks'
import { DeliveryStatus } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { RANGES, rangeStart } from '~/ui/times'
import { When } from '~/ui/when'
import css from './list.module.css'
import { SendEvent } from './send'

const START = 50

const columns: Column<EventSummary>[] = [
  {
    key: 'type',
    title: 'Type',
    phone: 'title',
    cell: (e) => (
      <Link to="/events/$id" params={{ id: e.id }} style={{ fontWeight: 500 }}>
        {e.type}
      </Link>
    ),
  },
  {
    key: 'key',
    title: 'Key',
    width: '16%',
    cell: (e) => (e.key === null ? '' : <span title={e.key}>{e.key}</span>),
  },
  {
    key: 'client',
    title: 'Sender’s id',
    from: 'wide',
    phone: 'hide',
    cell: (e) => <span className="mono dim">{e.clientId}</span>,
  },
  {
    key: 'id',
    title: 'Id',
    width: 176,
    from: 'full',
    phone: 'hide',
    cell: (e) => <span className="mono dim">{e.id}</span>,
  },
  {
    key: 'deliveries',
    title: 'What came of it',
    width: 380,
    cell: (e) => <Came event={e} />,
  },
  {
    key: 'time',
    title: 'Arrived',
    width: 110,
    cell: (e) => (
      <span className="dim">
        <When at={e.createdAt} />
      </span>
    ),
  },
]

/** What somebody wants to see first stands at the end. */
const FIRST: Delivery['state'][] = ['SUCCEEDED', 'HELD', 'RETRYING', 'FAILED']

/** How its deliveries stand: each state once, with how many. */
function Came({ event }: { event: EventSummary }) {
  if (event.deliveries === 0) return <span className="dim">no connector wanted it</span>
  const states = (Object.entries(event.states) as [Delivery['state'], number][]).sort(
    ([a], [b]) => FIRST.indexOf(b) - FIRST.indexOf(a),
  )
  return (
    <span className={css.states}>
      {states.map(([state, n]) => (
        <DeliveryStatus key={state} state={state} count={n} />
      ))}
    </span>
  )
}

export default function Events() {
  const search = useSearch({ from: '/inside/events' })
  const navigate = useNavigate({ from: '/events' })
  const may = useMay()
  const limit = search.limit ?? START
  const { key, clientId, type, range } = search
  const filters = {
    key,
    clientId,
    type,
    from: range ? rangeStart(range) : undefined,
    limit,
  }
  const paging = usePaging(filters, range)
  const page = usePage<EventSummary>('/v1/events', paging.query, {
    every: paging.isFirst ? 5_000 : undefined,
  })
  const show = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const rows = page.data?.data
  const filtered = Boolean(key || clientId || type || range)
  const send = may.change && (
    <Button data-new leftSection={<IconPlus size={14} />} onClick={() => show({ send: 'new' })}>
      Send a test event
    </Button>
  )

  return (
    <Page title="Events" about="What happened in your product, as it arrived." actions={send}>
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Filters>
        <SearchBox
          placeholder="Find a key, given whole"
          value={search.key ?? ''}
          onChange={(key) => show({ key: key || undefined })}
        />
        <TypePick value={type} onChange={(chosen) => show({ type: chosen })} />
        <Choice
          label="Time"
          value={search.range ?? ''}
          onChange={(range) => show({ range: range || undefined })}
          options={RANGES}
        />
        {clientId && (
          <Chip onRemove={() => show({ clientId: undefined })}>Sender’s id {clientId}</Chip>
        )}
        {filtered && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() =>
              void navigate({ search: limit === START ? {} : { limit }, replace: true })
            }
          >
            Clear
          </Button>
        )}
      </Filters>
      <Table
        label="Events"
        columns={columns}
        rows={rows}
        rowKey={(e) => e.id}
        stale={page.isPlaceholderData}
        expected={Math.min(limit, 20)}
        onOpen={(e) => void navigate({ to: '/events/$id', params: { id: e.id } })}
        empty={
          filtered ? (
            <Empty icon={IconBolt} title="No event fits">
              A key has to be given whole, letter by letter as the sender wrote it.
            </Empty>
          ) : (
            <Empty icon={IconBolt} title="No event has arrived yet" action={send}>
              Your product sends what happens in it to <code>POST /v1/events</code>. Try it from
              here first.
            </Empty>
          )
        }
      />
      <Pager
        page={page.data}
        paging={paging}
        limit={limit}
        onLimit={(n) => show({ limit: n === START ? undefined : n })}
      />
      <SendEvent
        opened={search.send !== undefined}
        type={search.send}
        onClose={() => show({ send: undefined })}
      />
    </Page>
  )
}
