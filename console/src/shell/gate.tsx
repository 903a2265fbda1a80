import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useLocation, useSearch } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { chooseTenant, isOpenTo, useSessionState } from '~/api/session'
import { currentSession } from '~/api/signing'
import { Trouble } from '~/ui/page'
import { SignInAgain } from './sign-in-again'

/** Lets in who is signed in, and asks again, over the page, when that ends in the middle of it. */
export function Gate({ children }: { children: ReactNode }) {
  const { session, tenant, expired } = useSessionState()
  const here = useLocation()
  const wanted = useSearch({ strict: false }).tenant
  const goesTo = session && wanted !== tenant && wanted && isOpenTo(session, wanted) ? wanted : null
  const client = useQueryClient()
  useEffect(() => {
    if (goesTo === null) return
    chooseTenant(goesTo)
    client.removeQueries({
      predicate: (q) => q.queryKey[0] !== 'session' && q.queryKey[0] !== 'tenants',
    })
  }, [goesTo, client])
  const asked = useQuery({
    queryKey: ['session'],
    queryFn: currentSession,
    enabled: !session,
    gcTime: 0,
    staleTime: 0,
  })
  // Nothing of one tenant is drawn under the address of another.
  if (goesTo !== null) return null
  if (session) {
    return (
      <>
        {children}
        {expired && <SignInAgain />}
      </>
    )
  }
  if (asked.isError) {
    return (
      <main style={{ padding: 24 }}>
        <Trouble error={asked.error} again={() => void asked.refetch()} />
      </main>
    )
  }
  if (asked.isPending || asked.isFetching) return null
  // On the way there this is still drawn, with the new address.
  if (here.pathname === '/sign-in') return null
  return <Navigate to="/sign-in" search={{ to: here.href === '/' ? undefined : here.href }} />
}
