import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import type { ComboboxItem, OptionsFilter } from '@mantine/core'
import { part } from '~/api/client'
import { useOne, usePage } from '~/api/lists'

const MOST = 100

/** What the server found is what is shown. */
const all: OptionsFilter = ({ options }) => options

/**
 * Things to choose one from that may be thousands: the server looks for their names while somebody
 * types, and what is chosen is read by itself.
 *
 * @param path of the list, which takes `q`
 * @param resting what stands in the field while nobody types and none of these is chosen
 */
export function useNamed<T extends { id: string; name: string }>(
  path: string,
  value: string | null,
  enabled = true,
  resting?: string,
) {
  const [typed, setTyped] = useState('')
  const one = useOne<T>(`${path}/${part(value ?? '')}`, { enabled: enabled && Boolean(value) })
  const chosen = value ? one.data : undefined
  const isTyped = typed !== chosen?.name && typed !== resting
  const [asked] = useDebouncedValue(isTyped ? typed.trim() : '', 200)
  const page = usePage<T>(path, { q: asked || undefined, limit: MOST }, { enabled })
  const found = page.data?.data ?? []
  const choices = chosen && !found.some((f) => f.id === chosen.id) ? [chosen, ...found] : found
  return {
    choices,
    chosen,
    /** For a `Select`. */
    search: {
      searchable: true as const,
      filter: all,
      onSearchChange: setTyped,
      nothingFoundMessage: page.isFetching ? 'Looking …' : 'Nothing has this in its name.',
    },
  }
}

/** As a line of a `Select`. */
export function item(one: { id: string; name: string }): ComboboxItem {
  return { value: one.id, label: one.name }
}
