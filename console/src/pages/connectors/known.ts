import { useQueries, useQuery } from '@tanstack/react-query'
import { get, part } from '~/api/client'
import type { Adaptor, DescribedEventType } from '~/api/contract'
import { usePage } from '~/api/lists'
import { useSessionState } from '~/api/session'
import { type Known, systemTokens } from '~/editor/tokens'
import type { Draft } from './draft'

const MOST = 5

/** What tokens can name in a connector: its adaptor’s output, or what its events have, and what the hub knows. */
export function useKnown(draft: Pick<Draft, 'triggers' | 'adaptor' | 'authorization'>): Known[] {
  const { tenant } = useSessionState()
  const types = usePage<{ type: string }>('/v1/event-types', { limit: 1000 })
  const wanted = (types.data?.data ?? [])
    .map((t) => t.type)
    .filter(
      (type) => draft.triggers.length === 0 || draft.triggers.some((t) => fits(t.eventType, type)),
    )
    .slice(0, MOST)
  const described = useQueries({
    queries: wanted.map((type) => ({
      queryKey: [tenant, 'event-type', type],
      queryFn: () => get<DescribedEventType>(`/v1/event-types/${part(type)}`),
      staleTime: 60_000,
    })),
  })
  const adaptor = useQuery({
    queryKey: [tenant, `/v1/adaptors/${draft.adaptor}`],
    queryFn: () => get<Adaptor>(`/v1/adaptors/${part(draft.adaptor!)}`),
    enabled: draft.adaptor !== null,
    staleTime: 60_000,
  })
  const own =
    draft.adaptor !== null
      ? targets(adaptor.data)
      : described.flatMap((d) => d.data?.paths.map((p) => ({ name: p.path, detail: p.type })) ?? [])
  return [...unique(own), ...systemTokens]
}

/** Whether a trigger’s type means an event’s. */
export function fits(pattern: string, type: string): boolean {
  return (
    pattern === '*' ||
    pattern === type ||
    (pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)))
  )
}

function targets(adaptor: Adaptor | undefined): Known[] {
  return (adaptor?.rows ?? [])
    .flatMap((row) => row.target?.split(',') ?? [])
    .map((target) => ({ name: target.trim(), detail: 'of the adaptor' }))
    .filter((k) => k.name)
}

function unique(all: Known[]): Known[] {
  return [...new Map(all.map((k) => [k.name, k])).values()]
}
