import { useQuery } from '@tanstack/react-query'
import { get } from '~/api/client'
import type { SearchResult } from '~/api/contract'
import { useMay, useSessionState } from '~/api/session'

/** What is looked for, and where; a search page’s address says the same. */
export interface Wanted {
  q: string
  /** Whether events’ data is looked through too. */
  inData: boolean
  from?: string
  to?: string
}

/** Data is looked through for three characters or more. */
export const SHORTEST_IN_DATA = 3

/** What may be looked for at most. */
export const LONGEST = 200

/** Asks what fits. Nobody waits for an earlier question any more: it is given up. */
export function useFound({ q, inData, from, to }: Wanted) {
  const { tenant } = useSessionState()
  const may = useMay()
  const text = q.trim().slice(0, LONGEST)
  const data = inData && may.payloads && text.length >= SHORTEST_IN_DATA
  const query = { q: text, in: data ? 'data' : undefined, ...(data ? { from, to } : {}) }
  return useQuery({
    queryKey: [tenant, '/v1/search', query],
    queryFn: ({ signal }) => get<SearchResult>('/v1/search', query, signal),
    enabled: text !== '',
  })
}
