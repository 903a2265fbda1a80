import { Menu, ScrollArea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { IconBuilding, IconCheck, IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { get } from '~/api/client'
import type { TenantList } from '~/api/contract'
import { chooseTenant, useSessionState } from '~/api/session'
import css from './tenants.module.css'

/** Whose connectors these are; shown only to those who have a choice. */
export function Tenants() {
  const { session, tenant } = useSessionState()
  const operator = session?.user.operator ?? false
  const all = useQuery({
    queryKey: ['tenants'],
    queryFn: () => get<TenantList>('/v1/tenants', { limit: 1000, sort: 'createdAt' }),
    enabled: operator,
    staleTime: 60_000,
  })
  const [looked, setLooked] = useState('')
  const client = useQueryClient()
  const navigate = useNavigate()
  const tenants: { id: string; name?: string }[] = all.data?.data ?? session?.tenants ?? []
  if (tenants.length < 2) return null
  const now = tenants.find((t) => t.id === tenant)
  const fitting = tenants.filter((t) =>
    `${t.id} ${t.name ?? ''}`.toLowerCase().includes(looked.toLowerCase()),
  )

  function choose(id: string): void {
    chooseTenant(id)
    client.removeQueries({
      predicate: (q) => q.queryKey[0] !== 'session' && q.queryKey[0] !== 'tenants',
    })
    void navigate({ to: '/' })
  }

  return (
    <Menu width={240} position="bottom-start" onClose={() => setLooked('')}>
      <Menu.Target>
        <button type="button" className={css.switch} aria-label="Tenant">
          <IconBuilding size={15} aria-hidden />
          <span className="cut grow">{now?.name ?? tenant}</span>
          <IconSelector size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {tenants.length > 7 && (
          <TextInput
            aria-label="Find a tenant"
            placeholder="Find a tenant"
            mb={4}
            data-autofocus
            value={looked}
            onChange={(e) => setLooked(e.currentTarget.value)}
          />
        )}
        <ScrollArea.Autosize mah={320}>
          {fitting.slice(0, 100).map((t) => (
            <Menu.Item
              key={t.id}
              onClick={() => choose(t.id)}
              rightSection={t.id === tenant && <IconCheck size={14} />}
            >
              {t.name ?? t.id}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
