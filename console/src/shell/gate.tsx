import { useQuery } from '@tanstack/react-query'
import { Navigate, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useSessionState } from '~/api/session'
import { currentSession } from '~/api/signing'
import { Trouble } from '~/ui/page'
import { SignInAgain } from './sign-in-again'

/** Lets in who is signed in, and asks again, over the page, when that ends in the middle of it. */
export function Gate({ children }: { children: ReactNode }) {
  const { session, expired } = useSessionState()
  const here = useLocation()
  const asked = useQuery({
    queryKey: ['session'],
    queryFn: currentSession,
    enabled: !session,
    gcTime: 0,
    staleTime: 0,
  })
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
