import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { part } from '~/api/client'
import type { Connector } from '~/api/contract'
import { useOne, usePage } from '~/api/lists'
import css from './filters.module.css'

const MOST = 50

interface Props {
  value: string | undefined
  onChange: (value: string | undefined) => void
}

/** One connector among many, found by its name. */
export function ConnectorPick({ value, onChange }: Props) {
  const [typed, setTyped] = useState('')
  const chosen = useOne<Connector>(`/v1/connectors/${part(value ?? '')}`, {
    enabled: Boolean(value),
  })
  const name = chosen.data?.name ?? value
  const [asked] = useDebouncedValue(typed === name ? '' : typed.trim(), 200)
  const found = usePage<Connector>('/v1/connectors', {
    q: asked || undefined,
    sort: 'name',
    limit: MOST,
  })
  const options = (found.data?.data ?? []).map((c) => ({ value: c.id, label: c.name }))
  if (value && !options.some((o) => o.value === value))
    options.unshift({ value, label: chosen.isError ? 'A deleted connector' : (name ?? value) })
  return (
    <Select
      className={css.pick}
      aria-label="Connector"
      placeholder="Any connector"
      searchable
      clearable
      data-set={value ? true : undefined}
      clearButtonProps={{ 'aria-label': 'Any connector' }}
      nothingFoundMessage={found.isFetching ? 'Looking …' : 'No connector has this in its name.'}
      filter={({ options: all }) => all}
      comboboxProps={{ width: 280, position: 'bottom-start', shadow: 'md' }}
      maxDropdownHeight={320}
      data={options}
      value={value ?? null}
      onSearchChange={setTyped}
      onChange={(id) => onChange(id ?? undefined)}
    />
  )
}

/** One event type among those that have come, or all that begin alike. */
export function TypePick({ value, onChange }: Props) {
  const types = usePage<{ type: string }>('/v1/event-types', { limit: 1000 })
  const known = (types.data?.data ?? []).map((t) => t.type)
  const options = [...new Set([...groups(known), ...known, ...(value ? [value] : [])])].sort()
  return (
    <Select
      className={css.pick}
      aria-label="Event type"
      placeholder="Any event type"
      searchable
      clearable
      data-set={value ? true : undefined}
      clearButtonProps={{ 'aria-label': 'Any event type' }}
      nothingFoundMessage="No event of such a type has come yet."
      comboboxProps={{ width: 240, position: 'bottom-start', shadow: 'md' }}
      maxDropdownHeight={320}
      limit={200}
      data={options}
      value={value ?? null}
      onChange={(type) => onChange(type ?? undefined)}
    />
  )
}

/** `order.*`, where there are two that begin so. */
function groups(types: string[]): string[] {
  const counts = new Map<string, number>()
  for (const type of types) {
    const dot = type.indexOf('.')
    if (dot > 0)
      counts.set(type.slice(0, dot) + '.*', (counts.get(type.slice(0, dot) + '.*') ?? 0) + 1)
  }
  return [...counts].filter(([, n]) => n > 1).map(([pattern]) => pattern)
}
