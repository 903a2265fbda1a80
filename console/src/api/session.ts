import { useSyncExternalStore } from 'react'

/** Who is signed in, and for which tenant they act. */
export interface Session {
  user: { id: string; email: string; name: string; operator: boolean }
  tenants: { id: string; name?: string; role: string; payloads: boolean }[]
  csrf: string
}

interface State {
  session: Session | null
  tenant: string | null
  /** Whether a call has found the session to be over while somebody was at work. */
  expired: boolean
}

const TENANT = 'fairlead.tenant'

let state: State = { session: null, tenant: null, expired: false }
const listeners = new Set<() => void>()
let waiting: { resolve: () => void; reject: (e: Error) => void }[] = []

function set(next: Partial<State>): void {
  state = { ...state, ...next }
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useSessionState(): State {
  return useSyncExternalStore(subscribe, () => state)
}

/** The one who is signed in; only below the shell. */
export function useSession(): Session {
  const { session } = useSessionState()
  if (!session) throw new Error('no session')
  return session
}

export function sessionState(): State {
  return state
}

/** Takes what the hub says about the session, and lets go on what waited for it. */
export function signedIn(session: Session): void {
  const wanted = new URLSearchParams(location.search).get('tenant') ?? remembered()
  const tenant =
    wanted && isOpenTo(session, wanted) ? wanted : (session.tenants[0]?.id ?? 'default')
  set({ session, tenant: state.tenant ?? tenant, expired: false })
  const all = waiting
  waiting = []
  all.forEach((w) => w.resolve())
}

export function signedOut(): void {
  set({ session: null, tenant: null, expired: false })
  const all = waiting
  waiting = []
  all.forEach((w) => w.reject(new Error('signed out')))
}

function remembered(): string | null {
  try {
    return localStorage.getItem(TENANT)
  } catch {
    return null
  }
}

/** Whether somebody may be there at all. */
export function isOpenTo(session: Session, tenant: string): boolean {
  return session.user.operator || session.tenants.some((t) => t.id === tenant)
}

export function chooseTenant(tenant: string): void {
  try {
    localStorage.setItem(TENANT, tenant)
  } catch {
    // Without storage the choice holds for this page.
  }
  set({ tenant })
}

/** Asks for signing in again, over whatever is on the screen; resolves when that is done. */
export function signInAgain(): Promise<void> {
  set({ expired: true })
  return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
}

/** What the one who is signed in may do for the chosen tenant. */
export function useMay(): {
  change: boolean
  administer: boolean
  payloads: boolean
  operate: boolean
} {
  const { session, tenant } = useSessionState()
  const operator = session?.user.operator ?? false
  const here = session?.tenants.find((t) => t.id === tenant)
  const role = here?.role ?? 'viewer'
  return {
    change: operator || ['owner', 'admin', 'power_user'].includes(role),
    administer: operator || ['owner', 'admin'].includes(role),
    payloads: operator || (here?.payloads ?? false) || role !== 'viewer',
    operate: operator,
  }
}
