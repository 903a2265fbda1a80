import { Menu, ScrollArea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { IconBuilding, IconCheck, IconSelector } from '@tabler/icons-react'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { get } from '~/api/client'
import type { TenantList } from '~/api/contract'
import { useSessionState } from '~/api/session'
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
  const { tenant: inAddress } = useSearch({ strict: false })
  const navigate = useNavigate()
  const tenants: { id: string; name?: string }[] = all.data?.data ?? session?.tenants ?? []
  const named = tenants.length > 1 ? (tenant ?? undefined) : undefined
  const known = session !== null && !(operator && all.isPending)
  useEffect(() => {
    if (known && inAddress !== named) {
      void navigate({ to: '.', search: (old) => ({ ...old, tenant: named }), replace: true })
    }
  }, [known, inAddress, named, navigate])
  if (tenants.length < 2) return null
  const now = tenants.find((t) => t.id === tenant)
  const fitting = tenants.filter((t) =>
    `${t.id} ${t.name ?? ''}`.toLowerCase().includes(looked.toLowerCase()),
  )

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
              onClick={() => void navigate({ to: '/', search: { tenant: t.id } })}
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
