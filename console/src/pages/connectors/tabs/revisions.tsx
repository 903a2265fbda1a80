import { Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { ask, part } from '~/api/client'
import type { RevisionDiff, RevisionSummary } from '~/api/contract'
import { useOne, usePage } from '~/api/lists'
import { useMay } from '~/api/session'
import { useSending } from '~/api/sending'
import { Empty, Lines, Notice, Trouble } from '~/ui/page'
import { OnOff } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { done } from '~/ui/toasts'
import { When } from '~/ui/when'
import { placeName } from '~/ui/places'
import css from './revisions.module.css'

/** Every save, what it changed, and the way back. */
export function RevisionsTab({
  id,
  etag,
  dirty,
}: {
  id: string
  etag: string | null
  dirty: boolean
}) {
  const page = usePage<RevisionSummary>(`/v1/connectors/${part(id)}/revisions`, { limit: 100 })
  const [shown, setShown] = useState<RevisionSummary>()
  const columns: Column<RevisionSummary>[] = [
    {
      key: 'n',
      title: 'Revision',
      width: 84,
      phone: 'title',
      cell: (r) => `${r.revision}${r.current ? ' (now)' : ''}`,
    },
    { key: 'name', title: 'Name', cell: (r) => r.name },
    {
      key: 'active',
      title: 'Status',
      width: 110,
      cell: (r) => <OnOff on={r.active} words={['Active', 'Disabled']} />,
    },
    { key: 'by', title: 'By', cell: (r) => r.madeBy?.name ?? <span className="dim">–</span> },
    { key: 'at', title: 'When', width: 120, cell: (r) => <When at={r.madeAt} /> },
    {
      key: 'see',
      title: '',
      width: 136,
      align: 'right',
      phone: 'hide',
      cell: (r) => (
        <Button size="xs" variant="default" onClick={() => setShown(r)}>
          What changed
        </Button>
      ),
    },
  ]
  if (page.isError) return <Trouble error={page.error} again={() => void page.refetch()} />
  return (
    <>
      <Table
        label="Revisions"
        columns={columns}
        rows={page.data?.data}
        rowKey={(r) => String(r.revision)}
        expected={4}
        onOpen={setShown}
        empty={
          <Empty icon={IconHistory} title="No revisions">
            Every save is kept here.
          </Empty>
        }
      />
      <Modal
        opened={shown !== undefined}
        onClose={() => setShown(undefined)}
        size={720}
        title={shown ? `Revision ${shown.revision}` : ''}
      >
        {shown && (
          <Changes
            id={id}
            revision={shown}
            etag={etag}
            dirty={dirty}
            onClose={() => setShown(undefined)}
          />
        )}
      </Modal>
    </>
  )
}

function Changes({
  id,
  revision,
  etag,
  dirty,
  onClose,
}: {
  id: string
  revision: RevisionSummary
  etag: string | null
  dirty: boolean
  onClose: () => void
}) {
  const may = useMay()
  const client = useQueryClient()
  const path = `/v1/connectors/${part(id)}/revisions/${revision.revision}`
  const read = useOne<RevisionDiff>(`${path}/diff`)
  const { busy, failure, send } = useSending()

  async function restore() {
    await send(async () => {
      await ask('POST', `${path}/restore`, { ifMatch: etag, body: {} })
      await client.invalidateQueries()
      done(`It is as it was in revision ${revision.revision}.`)
      onClose()
    })
  }

  return (
    <div className="stack">
      {failure && (
        <Notice tone="bad">
          {failure.message}
          {failure.errors.map((e, i) => (
            <div key={i}>{e.detail}</div>
          ))}
        </Notice>
      )}
      {read.isError && <Trouble error={read.error} />}
      {!read.data ? (
        <Lines count={4} />
      ) : (
        <>
          <p className="dim">
            {read.data.with === null
              ? 'The first one.'
              : `Compared with revision ${read.data.with}.`}
          </p>
          <ul className={css.changes}>
            {read.data.changes.map((c) => (
              <li key={c.pointer}>
                {placeName(c.pointer)} <code className="dim">{c.pointer}</code>
                {'before' in c && <pre className={css.before}>{JSON.stringify(c.before)}</pre>}
                {'after' in c && <pre className={css.after}>{JSON.stringify(c.after)}</pre>}
              </li>
            ))}
          </ul>
          {read.data.changes.length === 0 && <p>Nothing differs.</p>}
        </>
      )}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
        {may.change && !revision.current && (
          <Button loading={busy} disabled={dirty} onClick={() => void restore()}>
            Go back to this one
          </Button>
        )}
      </div>
    </div>
  )
}
