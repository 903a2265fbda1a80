import { Modal } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import type { AuditEntry } from '~/api/contract'
import { usePage } from '~/api/lists'
import { Choice, Filters, SearchBox } from '~/ui/filters'
import { Empty, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { type Column, Table } from '~/ui/table'
import { exact, RANGES, rangeStart } from '~/ui/times'
import { When } from '~/ui/when'
import css from './settings.module.css'

const START = 50

const columns: Column<AuditEntry>[] = [
  { key: 'what', title: 'What', width: '18%', phone: 'title', cell: (e) => words(e) },
  { key: 'who', title: 'Who', width: '16%', cell: (e) => e.actor.name },
  { key: 'subject', title: 'Of', width: 190, cell: (e) => <Subject of={e.subject} /> },
  {
    key: 'changes',
    title: 'Changed',
    from: 'medium',
    phone: 'hide',
    cell: (e) => <code className="dim">{e.changes.map((c) => c.pointer).join(' ')}</code>,
  },
  {
    key: 'from',
    title: 'From',
    width: 130,
    from: 'wide',
    phone: 'hide',
    cell: (e) => <code className="dim">{e.address}</code>,
  },
  {
    key: 'at',
    title: 'When',
    width: 100,
    cell: (e) => (
      <span className="dim">
        <When at={e.at} />
      </span>
    ),
  },
]

/** `Create connector`. */
function words(entry: AuditEntry): string {
  const text = `${entry.action} ${entry.noun}`
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What was changed, with the way to it where it has a page. */
function Subject({ of }: { of: string | null }) {
  const to = pageOf(of ?? '')
  if (of === null) return null
  return to ? (
    <Link to={to} params={{ id: of }} search={{}}>
      <code>{of}</code>
    </Link>
  ) : (
    <code>{of}</code>
  )
}

function pageOf(id: string) {
  return id.startsWith('con_')
    ? ('/connectors/$id' as const)
    : id.startsWith('adp_')
      ? ('/adaptors/$id' as const)
      : id.startsWith('aut_')
        ? ('/authorizations/$id' as const)
        : undefined
}

/** Who changed what, and when. */
export function Audit() {
  const search = useSearch({ from: '/inside/settings' })
  const navigate = useNavigate({ from: '/settings' })
  const { subject, range } = search
  const limit = search.limit ?? START
  const show = (change: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  const [shown, setShown] = useState<AuditEntry>()
  const filters = {
    subject,
    from: range ? rangeStart(range) : undefined,
    limit,
  }
  const paging = usePaging(filters, range)
  const page = usePage<AuditEntry>('/v1/audit', paging.query)
  const rows = page.data?.data
  return (
    <div className="stack">
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Filters>
        <SearchBox
          placeholder="Id of what was changed"
          value={subject ?? ''}
          onChange={(id) => show({ subject: id.trim() || undefined })}
        />
        <Choice
          label="Time"
          value={range ?? ''}
          onChange={(chosen) => show({ range: chosen || undefined })}
          options={RANGES}
        />
      </Filters>
      <Table
        label="Audit log"
        columns={columns}
        rows={rows}
        rowKey={(e) => e.id}
        onOpen={setShown}
        stale={page.isPlaceholderData}
        empty={
          <Empty icon={IconHistory} title="Nothing fits">
            Every change is written down here: who, when, and what; never a secret.
          </Empty>
        }
      />
      <Pager
        page={page.data}
        paging={paging}
        limit={limit}
        onLimit={(n) => show({ limit: n === START ? undefined : n })}
      />
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        size={640}
        title={shown ? `${words(shown)}, by ${shown.actor.name}` : ''}
      >
        {shown && (
          <div className="stack">
            <p className="dim">
              {exact(shown.at)} from {shown.address} {shown.subject && <code>{shown.subject}</code>}
            </p>
            <ul className={css.changes}>
              {shown.changes.map((c, i) => (
                <li key={i}>
                  <code>{c.pointer || '/'}</code>{' '}
                  {'changed' in c ? (
                    <span className="dim">changed</span>
                  ) : (
                    <span className="mono">
                      {'before' in c && <s className="dim">{JSON.stringify(c.before)}</s>}{' '}
                      {'after' in c && JSON.stringify(c.after)}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </div>
        )}
      </Modal>
    </div>
  )
}
