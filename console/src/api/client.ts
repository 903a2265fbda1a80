import { parse, write } from './exact'
import { Failure, failureOf, unreachable } from './failure'
import { sessionState, signInAgain } from './session'

/** What may stand in a query; empty texts and empty lists are left out. */
export type Query = Record<string, string | number | boolean | string[] | null | undefined>

export interface Asked<T> {
  data: T
  etag: string | null
  status: number
}

interface Options {
  query?: Query
  body?: unknown
  /** A body that is JSON text already. */
  raw?: string
  ifMatch?: string | null
  signal?: AbortSignal
  merge?: boolean
  /** A 401 is an answer here, and no reason to sign in again. */
  open?: boolean
  asText?: boolean
  /** Numbers of the answer keep their digits: those that JavaScript would write otherwise are `Digits`. */
  exact?: boolean
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Calls the hub. Throws a Failure for whatever is not 2xx. */
export async function ask<T>(
  method: Method,
  path: string,
  options: Options = {},
): Promise<Asked<T>> {
  const answer = await answerOf(method, path, options)
  if (!answer.ok) {
    throw await failureOf(answer)
  }
  return {
    data: await read<T>(answer, options),
    etag: answer.headers.get('ETag'),
    status: answer.status,
  }
}

/** Calls the hub for an answer that is not JSON, or not only; whatever its status is. */
export async function answerOf(
  method: Method,
  path: string,
  options: Options = {},
): Promise<Response> {
  const answer = await once(method, path, options)
  if (answer.status !== 401 || options.open) return answer
  await signInAgain()
  return once(method, path, options)
}

async function once(method: Method, path: string, options: Options): Promise<Response> {
  const { session, tenant } = sessionState()
  const headers = new Headers({ Accept: 'application/json, application/problem+json, */*;q=0.5' })
  const body = options.raw ?? (options.body === undefined ? undefined : write(options.body))
  if (body !== undefined) {
    headers.set('Content-Type', options.merge ? 'application/merge-patch+json' : 'application/json')
  }
  if (options.ifMatch) headers.set('If-Match', options.ifMatch)
  if (tenant && !options.open) headers.set('Fairlead-Tenant', tenant)
  if (session && method !== 'GET') headers.set('Fairlead-Csrf', session.csrf)
  try {
    return await fetch(path + text(options.query), {
      method,
      headers,
      body,
      signal: options.signal,
      credentials: 'same-origin',
      cache: 'no-store',
    })
  } catch (e) {
    if (e instanceof DOMException && e.name === 'AbortError') throw e
    throw unreachable()
  }
}

async function read<T>(answer: Response, { asText, exact }: Options): Promise<T> {
  if (answer.status === 204) return undefined as T
  const type = answer.headers.get('Content-Type') ?? ''
  try {
    if (!type.includes('json') || asText) return (await answer.text()) as T
    return (exact ? parse(await answer.text()) : await answer.json()) as T
  } catch {
    throw new Failure(answer.status, 'The hub’s answer could not be read. Try again.')
  }
}

export function text(query: Query | undefined): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === null || value === undefined || value === '') continue
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one))
  }
  const joined = parameters.toString()
  return joined ? `?${joined}` : ''
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return (await ask<T>('GET', path, { query, signal })).data
}

/** The answer as it was written, for what must keep its digits. */
export async function getText(path: string): Promise<string> {
  return (await ask<string>('GET', path, { asText: true })).data
}

export async function post<T>(path: string, body?: unknown): Promise<T> {
  return (await ask<T>('POST', path, { body })).data
}

/** One path segment. */
export const part = encodeURIComponent
