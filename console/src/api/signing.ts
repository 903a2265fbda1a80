import { ask } from './client'
import { Failure } from './failure'
import { type Session, signedIn, signedOut } from './session'

/** Asks whether somebody is signed in; null when nobody is. */
export async function currentSession(): Promise<Session | null> {
  try {
    const { data } = await ask<Session>('GET', '/v1/session', { open: true })
    signedIn(data)
    return data
  } catch (e) {
    if (e instanceof Failure && e.status === 401) return null
    throw e
  }
}

export async function signIn(email: string, password: string): Promise<void> {
  const { data } = await ask<Session>('POST', '/v1/session', {
    body: { email, password },
    open: true,
  })
  signedIn(data)
}

export async function signOut(everywhere: boolean): Promise<void> {
  await ask('DELETE', everywhere ? '/v1/sessions' : '/v1/session', { open: true })
  signedOut()
}

export async function setupIsNeeded(): Promise<boolean> {
  return (await ask<{ needed: boolean }>('GET', '/v1/setup', { open: true })).data.needed
}

/** Takes up a one-time link, and is signed in by it. */
export async function setUp(given: {
  token: string
  email?: string
  name?: string
  password: string
}): Promise<void> {
  signedIn((await ask<Session>('POST', '/v1/setup', { body: given, open: true })).data)
}
