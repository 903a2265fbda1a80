import { Button, Modal, NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconKey, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { ask, part } from '~/api/client'
import type { ApiKey, CreatedApiKey } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useSending } from '~/api/sending'
import { Empty, Notice, Trouble } from '~/ui/page'
import { OnOff } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { done, failed } from '~/ui/toasts'
import { DayOf, When } from '~/ui/when'
import { Once } from './once'

const ROLES = [
  { value: 'ingest', label: 'Ingest: sends events, runs commands' },
  { value: 'viewer', label: 'Viewer: reads' },
  { value: 'power_user', label: 'Power user: changes connectors' },
  { value: 'admin', label: 'Admin: everything in this tenant' },
]

/** Which programs may call the API. */
export function ApiKeys() {
  const client = useQueryClient()
  const page = usePage<ApiKey>('/v1/api-keys', { limit: 200 })
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<string>()
  const [revoking, setRevoking] = useState<ApiKey>()

  async function revoke(key: ApiKey) {
    setRevoking(undefined)
    try {
      await ask('DELETE', `/v1/api-keys/${part(key.id)}`)
      done(`“${key.name}” is revoked.`)
      await client.invalidateQueries()
    } catch (e) {
      failed(e)
    }
  }

  const columns: Column<ApiKey>[] = [
    { key: 'name', title: 'Name', phone: 'title', cell: (k) => k.name },
    { key: 'prefix', title: 'Key', width: 130, cell: (k) => <code>{k.prefix}…</code> },
    {
      key: 'role',
      title: 'Role',
      width: 120,
      cell: (k) => k.role.charAt(0).toUpperCase() + k.role.slice(1).replace('_', ' '),
    },
    {
      key: 'state',
      title: 'Status',
      width: 110,
      cell: (k) => <OnOff on={k.revokedAt === null} words={['Active', 'Revoked']} />,
    },
    { key: 'used', title: 'Last used', width: 120, cell: (k) => <When at={k.lastUsedAt} /> },
    {
      key: 'expires',
      title: 'Expires',
      width: 100,
      phone: 'hide',
      cell: (k) => (k.expiresAt ? <When at={k.expiresAt} /> : <span className="dim">never</span>),
    },
    {
      key: 'date',
      title: 'Made',
      width: 84,
      phone: 'hide',
      cell: (k) => <DayOf at={k.createdAt} />,
    },
    {
      key: 'revoke',
      title: '',
      width: 96,
      align: 'right',
      cell: (k) =>
        k.revokedAt === null && (
          <Button size="xs" variant="default" onClick={() => setRevoking(k)}>
            Revoke
          </Button>
        ),
    },
  ]
  return (
    <div className="stack">
      <div className="row">
        <p className="dim grow">
          For programs: <code>Authorization: Bearer …</code>. A key is shown once.
        </p>
        <Button data-new leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>
          New API key
        </Button>
      </div>
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Table
        label="API keys"
        columns={columns}
        rows={page.data?.data}
        rowKey={(k) => k.id}
        expected={3}
        empty={
          <Empty
            icon={IconKey}
            title="No API key yet"
            action={<Button onClick={() => setMaking(true)}>New API key</Button>}
          >
            Your product sends its events with a key that may do that and nothing else.
          </Empty>
        }
      />
      <Make
        opened={making}
        onClose={() => setMaking(false)}
        onMade={(key) => {
          setMaking(false)
          setMade(key)
        }}
      />
      <Once
        title="The key"
        about="Put it where your program finds it. It is shown this one time."
        text={made}
        onClose={() => setMade(undefined)}
      />
      <Modal
        opened={revoking !== undefined}
        onClose={() => setRevoking(undefined)}
        title={`Revoke “${revoking?.name ?? ''}”?`}
      >
        <p>Whatever uses it is refused from now on. This can’t be undone.</p>
        <div className="row" style={{ justifyContent: 'flex-end', marginTop: 16 }}>
          <Button variant="default" onClick={() => setRevoking(undefined)}>
            Cancel
          </Button>
          <Button data-danger onClick={() => revoking && void revoke(revoking)}>
            Revoke
          </Button>
        </div>
      </Modal>
    </div>
  )
}

function Make({
  opened,
  onClose,
  onMade,
}: {
  opened: boolean
  onClose: () => void
  onMade: (key: string) => void
}) {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [role, setRole] = useState('ingest')
  const [expires, setExpires] = useState('')
  const { busy, failure, send } = useSending()
  async function go() {
    await send(async () => {
      const expiresAt = expires ? new Date(`${expires}T23:59:59`).toISOString() : null
      const { data } = await ask<CreatedApiKey>('POST', '/v1/api-keys', {
        body: { name, role, expiresAt },
      })
      setName('')
      onMade(data.key)
      await client.invalidateQueries()
    })
  }
  return (
    <Modal opened={opened} onClose={onClose} title="New API key">
      <form
        className="stack"
        onSubmit={(e) => {
          e.preventDefault()
          void go()
        }}
      >
        {failure && failure.errors.length === 0 && <Notice tone="bad">{failure.message}</Notice>}
        <TextInput
          label="Name"
          placeholder="What uses it"
          data-autofocus
          value={name}
          error={failure?.at('/name')}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <NativeSelect
          label="Role"
          data={ROLES}
          value={role}
          onChange={(e) => setRole(e.currentTarget.value)}
        />
        <TextInput
          label="Expires"
          type="date"
          description="Empty: never."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={expires}
          error={failure?.at('/expiresAt')}
          onChange={(e) => setExpires(e.currentTarget.value)}
        />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!name}>
            Make the key
          </Button>
        </div>
      </form>
    </Modal>
  )
}
