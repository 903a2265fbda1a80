import { ActionIcon, Button, Menu, Modal, NativeSelect, Switch, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { IconDots, IconUserPlus, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { ask, part } from '~/api/client'
import type { InvitedUser, User } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useMay, useSession } from '~/api/session'
import { useSending } from '~/api/sending'
import { Empty, Notice, Trouble } from '~/ui/page'
import { OnOff } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { done, failed } from '~/ui/toasts'
import { When } from '~/ui/when'
import { Once } from './once'

const ROLES = [
  { value: 'owner', label: 'Owner: everything, other owners too' },
  { value: 'admin', label: 'Admin: users, keys and settings' },
  { value: 'power_user', label: 'Power user: connectors' },
  { value: 'viewer', label: 'Viewer: may look' },
]

const roleWord: Record<string, string> = {
  owner: 'Owner',
  admin: 'Admin',
  power_user: 'Power user',
  viewer: 'Viewer',
}

/** Who may come in, as what. */
export function Users() {
  const client = useQueryClient()
  const me = useSession().user
  const may = useMay()
  const page = usePage<User>('/v1/users', { limit: 200, sort: 'createdAt' })
  const [inviting, setInviting] = useState(false)
  const [link, setLink] = useState<string>()
  const [leaving, setLeaving] = useState<User>()

  async function act(what: () => Promise<string>) {
    try {
      done(await what())
      await client.invalidateQueries()
    } catch (e) {
      failed(e)
    }
  }

  async function change(user: User, body: Partial<User>, said: string) {
    const before = Object.fromEntries(
      Object.keys(body).map((name) => [name, user[name as keyof User]]),
    )
    const patch = (what: unknown) => ask('PATCH', `/v1/users/${part(user.id)}`, { body: what })
    try {
      await patch(body)
      done(
        `${user.name ?? user.email} ${said}.`,
        () =>
          void patch(before)
            .then(() => done('It is as it was.'))
            .catch((e: unknown) => failed(e))
            .then(() => client.invalidateQueries()),
      )
      await client.invalidateQueries()
    } catch (e) {
      failed(e)
    }
  }

  const columns: Column<User>[] = [
    {
      key: 'name',
      title: 'Name',
      phone: 'title',
      cell: (u) => u.name ?? <span className="dim">{u.email}</span>,
    },
    { key: 'email', title: 'Email', phone: 'hide', cell: (u) => u.email },
    {
      key: 'role',
      title: 'Role',
      width: 200,
      cell: (u) => (
        <>
          {roleWord[u.role] ?? u.role}
          {u.operator && ', operator'}
          {!u.payloads && <span className="dim">, no payloads</span>}
        </>
      ),
    },
    {
      key: 'state',
      title: 'Status',
      width: 120,
      cell: (u) => <OnOff on={u.state === 'active'} words={['Active', 'Invited']} />,
    },
    {
      key: 'seen',
      title: 'Last seen',
      width: 120,
      phone: 'hide',
      cell: (u) => <When at={u.lastSeenAt} />,
    },
    {
      key: 'more',
      title: '',
      width: 44,
      phone: 'end',
      align: 'right',
      cell: (u) => (
        <Menu position="bottom-end" width={240}>
          <Menu.Target>
            <ActionIcon aria-label={`Actions for ${u.email}`}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {ROLES.filter((r) => r.value !== u.role).map((r) => (
              <Menu.Item
                key={r.value}
                onClick={() =>
                  void change(
                    u,
                    { role: r.value as User['role'] },
                    `is ${roleWord[r.value]?.toLowerCase()} now`,
                  )
                }
              >
                Make {roleWord[r.value]?.toLowerCase()}
              </Menu.Item>
            ))}
            {u.role === 'viewer' && (
              <Menu.Item
                onClick={() =>
                  void change(
                    u,
                    { payloads: !u.payloads },
                    u.payloads ? 'does not see payloads any more' : 'may see payloads',
                  )
                }
              >
                {u.payloads ? 'Keep payloads from them' : 'Let them see payloads'}
              </Menu.Item>
            )}
            {may.operate && (
              <Menu.Item
                onClick={() =>
                  void change(
                    u,
                    { operator: !u.operator },
                    u.operator ? 'is no operator any more' : 'is operator of all tenants',
                  )
                }
              >
                {u.operator ? 'No operator any more' : 'Make operator of all tenants'}
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Item
              onClick={() =>
                void act(async () => {
                  const { data } = await ask<InvitedUser>(
                    'POST',
                    `/v1/users/${part(u.id)}/invitation`,
                  )
                  setLink(data.link)
                  return 'A new link is made; the one before has ended.'
                })
              }
            >
              {u.state === 'invited' ? 'New invitation link' : 'Link for a new password'}
            </Menu.Item>
            {u.id !== me.id && (
              <Menu.Item c="var(--bad)" onClick={() => setLeaving(u)}>
                Take out …
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      ),
    },
  ]

  return (
    <div className="stack">
      <div className="row">
        <p className="dim grow">Who may sign in here, and what they may do.</p>
        <Button data-new leftSection={<IconUserPlus size={14} />} onClick={() => setInviting(true)}>
          Invite
        </Button>
      </div>
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Table
        label="Users"
        columns={columns}
        rows={page.data?.data}
        rowKey={(u) => u.id}
        expected={3}
        empty={
          <Empty icon={IconUsers} title="Nobody else yet">
            Invite those who configure connectors, or who want to see what was sent.
          </Empty>
        }
      />
      <Invite
        opened={inviting}
        onClose={() => setInviting(false)}
        onLink={(made) => {
          setInviting(false)
          setLink(made)
        }}
      />
      <Modal
        opened={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={`Take out ${leaving?.name ?? leaving?.email ?? ''}?`}
      >
        <p>They are signed out at once and can’t come in any more, until they are invited again.</p>
        <div className="row" style={{ justifyContent: 'flex-end', marginTop: 16 }}>
          <Button variant="default" onClick={() => setLeaving(undefined)}>
            Cancel
          </Button>
          <Button
            data-danger
            onClick={() => {
              const user = leaving
              setLeaving(undefined)
              if (user)
                void act(async () => {
                  await ask('DELETE', `/v1/users/${part(user.id)}`)
                  return `${user.name ?? user.email} can’t come in any more.`
                })
            }}
          >
            Take out
          </Button>
        </div>
      </Modal>
      <Once
        title="The link"
        about="Give it to them. It works once, for an hour, and is shown this one time."
        text={link}
        onClose={() => setLink(undefined)}
      />
    </div>
  )
}

function Invite({
  opened,
  onClose,
  onLink,
}: {
  opened: boolean
  onClose: () => void
  onLink: (link: string) => void
}) {
  const client = useQueryClient()
  const [email, setEmail] = useState('')
  const [role, setRole] = useState('power_user')
  const [payloads, setPayloads] = useState(true)
  const { busy, failure, send } = useSending()

  async function go() {
    await send(async () => {
      const body = { email, role, ...(role === 'viewer' && !payloads ? { payloads } : {}) }
      const { data } = await ask<InvitedUser>('POST', '/v1/users', { body })
      setEmail('')
      onLink(data.link)
      await client.invalidateQueries()
    })
  }

  return (
    <Modal opened={opened} onClose={onClose} title="Invite somebody">
      <form
        className="stack"
        onSubmit={(e) => {
          e.preventDefault()
          void go()
        }}
      >
        {failure && !failure.at('/email') && <Notice tone="bad">{failure.message}</Notice>}
        <TextInput
          label="Email"
          type="email"
          data-autofocus
          value={email}
          error={failure?.at('/email')}
          onChange={(e) => setEmail(e.currentTarget.value)}
        />
        <NativeSelect
          label="Role"
          data={ROLES}
          value={role}
          error={failure?.at('/role')}
          onChange={(e) => setRole(e.currentTarget.value)}
        />
        {role === 'viewer' && (
          <Switch
            label="May see what events and calls hold"
            checked={payloads}
            onChange={(e) => setPayloads(e.currentTarget.checked)}
          />
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!email}>
            Make the link
          </Button>
        </div>
      </form>
    </Modal>
  )
}
