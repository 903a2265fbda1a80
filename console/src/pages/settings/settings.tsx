import { Tabs } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMay } from '~/api/session'
import { Page } from '~/ui/page'
import { ApiKeys } from './api-keys'
import { Audit } from './audit'
import { Egress } from './egress'
import { Password } from './password'
import css from './settings.module.css'
import { Users } from './users'

/** Who may do what, and where calls come from. */
export default function Settings() {
  const search = useSearch({ from: '/inside/settings' })
  const navigate = useNavigate({ from: '/settings' })
  const may = useMay()
  const parts = [
    ...(may.administer
      ? [
          { name: 'users', title: 'Users' },
          { name: 'keys', title: 'API keys' },
          { name: 'audit', title: 'Audit log' },
        ]
      : []),
    { name: 'egress', title: 'Egress addresses' },
    { name: 'account', title: 'Your account' },
  ]
  const part = parts.find((p) => p.name === search.part)?.name ?? parts[0]!.name
  return (
    <Page title="Settings">
      <Tabs
        value={part}
        keepMounted={false}
        onChange={(name) => void navigate({ search: { part: name ?? undefined }, replace: true })}
      >
        <Tabs.List className={css.tabs}>
          {parts.map((p) => (
            <Tabs.Tab key={p.name} value={p.name}>
              {p.title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={part} pt={20}>
          {part === 'users' && <Users />}
          {part === 'keys' && <ApiKeys />}
          {part === 'audit' && <Audit />}
          {part === 'egress' && <Egress />}
          {part === 'account' && <Password />}
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}
