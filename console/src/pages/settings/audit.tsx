import { Modal } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import type { AuditEntry } from '~/api/contract'
import { usePage } from '~/api/lists'
import { RANGES } from '~/pages/deliveries/list'
import { Choice, Filters, SearchBox } from '~/ui/filters'
import { Empty, Trouble } from '~/ui/page'
import { Pager } from '~/ui/pager'
import { usePaging } from '~/ui/paging'
import { type Column, Table } from '~/ui/table'
import { exact, rangeStart } from '~/ui/times'
import { When } from '~/ui/when'
import css from './settings.module.css'

const columns: Column<AuditEntry>[] = [
  { key: 'at', title: 'When', width: 120, cell: (e) => <When at={e.at} /> },
  { key: 'who', title: 'Who', width: '22%', phone: 'title', cell: (e) => e.actor.name },
  { key: 'what', title: 'What', width: 200, cell: (e) => `${e.action} ${e.noun}` },
  { key: 'subject', title: 'Of', cell: (e) => <code>{e.subject}</code> },
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
]

/** Who changed what, and when. */
export function Audit() {
  const [subject, setSubject] = useState('')
  const [range, setRange] = useState('')
  const [limit, setLimit] = useState(50)
  const [shown, setShown] = useState<AuditEntry>()
  const filters = {
    subject: subject || undefined,
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
        <SearchBox placeholder="Id of what was changed" value={subject} onChange={setSubject} />
        <Choice label="Time" value={range} onChange={setRange} options={RANGES} />
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
      <Pager page={page.data} paging={paging} limit={limit} onLimit={setLimit} />
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        size={640}
        title={shown ? `${shown.actor.name}: ${shown.action} ${shown.noun}` : ''}
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
