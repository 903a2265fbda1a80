import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { get } from '~/api/client'
import type { Connector, ConnectorStats, ConnectorStatsList } from '~/api/contract'
import { useSessionState } from '~/api/session'
import { DeliveryStatus, HttpStatus } from '~/ui/status'
import { When } from '~/ui/when'

/** What came of the connectors on a page lately. */
export function useStats(connectors: Connector[] | undefined) {
  const { tenant } = useSessionState()
  const id = connectors?.map((c) => c.id) ?? []
  return useQuery({
    queryKey: [tenant, '/v1/stats/connectors', id],
    queryFn: ({ signal }) => get<ConnectorStatsList>('/v1/stats/connectors', { id }, signal),
    enabled: id.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  })
}

/** The newest delivery of a connector: how it stands and when that was. */
export function LastResult({ of }: { of: ConnectorStats | undefined }) {
  const last = of?.lastResult
  if (!last) return of ? <span className="dim">Nothing yet</span> : null
  return (
    <Link
      to="/deliveries/$id"
      params={{ id: last.delivery }}
      className="row"
      style={{ display: 'inline-flex', color: 'inherit' }}
    >
      {!last.status ? (
        <DeliveryStatus state={last.state} reason={last.error} />
      ) : (
        <>
          <HttpStatus status={last.status} />
          <span className="dim">
            <When at={last.at} />
          </span>
        </>
      )}
    </Link>
  )
}
