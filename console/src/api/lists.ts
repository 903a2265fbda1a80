import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { get, type Query } from './client'
import { useSessionState } from './session'

/** One page of a list, as every list of the hub answers it. */
export interface Page<T> {
  data: T[]
  next: string | null
  total: number
}

/** Reads a page; the one before stays on the screen meanwhile. */
export function usePage<T>(
  path: string,
  query: Query,
  options: { every?: number; enabled?: boolean } = {},
) {
  const { tenant } = useSessionState()
  return useQuery({
    queryKey: [tenant, path, query],
    queryFn: ({ signal }) => get<Page<T>>(path, query, signal),
    placeholderData: keepPreviousData,
    refetchInterval: options.every,
    enabled: options.enabled ?? true,
  })
}

/** Reads one thing. */
export function useOne<T>(path: string, options: { every?: number; enabled?: boolean } = {}) {
  const { tenant } = useSessionState()
  return useQuery({
    queryKey: [tenant, path],
    queryFn: ({ signal }) => get<T>(path, undefined, signal),
    refetchInterval: options.every,
    enabled: options.enabled ?? true,
  })
}
