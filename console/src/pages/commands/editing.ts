import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ask } from '~/api/client'
import { parse, write } from '~/api/exact'
import { Failure } from '~/api/failure'
import { sessionState, useSessionState } from '~/api/session'
import { differences } from '~/pages/connectors/differences'

/** A document with its version; null where there is none yet. */
export interface Version<T> {
  document: T | null
  etag: string | null
}

async function read<T>(path: string, exact = false, signal?: AbortSignal): Promise<Version<T>> {
  try {
    const { data, etag } = await ask<T>('GET', path, { signal, exact })
    return { document: data, etag }
  } catch (e) {
    if (e instanceof Failure && e.status === 404) return { document: null, etag: null }
    throw e
  }
}

/** Reads a document that may not be there, again and again, so that others’ changes are seen. */
export function useVersion<T>(path: string, enabled = true, exact = false) {
  const { tenant } = useSessionState()
  return useQuery({
    queryKey: [tenant, 'version', path],
    queryFn: ({ signal }) => read<T>(path, exact, signal),
    enabled,
    refetchInterval: 20_000,
  })
}

/** How a document is edited. */
export interface Kind<T, D> {
  /** Where it is read and put. */
  path: string
  /** Where it is posted while it has no place yet. */
  make?: string
  draftOf: (document: T | null) => D
  documentOf: (draft: D) => unknown
  /** Without the rows that were added and never filled. */
  tidied: (draft: D) => D
  /** Without secrets, to be kept in the browser. */
  bare: (draft: D) => D
  /** Whether numbers keep their digits. */
  exact?: boolean
}

export interface Edit<T, D> {
  draft: D
  set: (change: Partial<D>) => void
  dirty: boolean
  busy: boolean
  failure: Failure | null
  saved: T | null
  etag: string | null
  /** What somebody else has saved meanwhile. */
  theirs: Version<T> | null
  /** The places in which theirs is another. */
  changes: string[]
  save: (over?: boolean) => Promise<T | null>
  discard: () => void
  takeTheirs: () => void
}

const PREFIX = 'fairlead.draft.'
const memory = new Map<string, unknown>()

function kept<D>(key: string): D | null {
  if (memory.has(key)) return memory.get(key) as D
  try {
    const text = sessionStorage.getItem(PREFIX + key)
    return text ? (parse(text) as D) : null
  } catch {
    return null
  }
}

function keep<D>(key: string, draft: D, bare: D): void {
  memory.set(key, draft)
  try {
    sessionStorage.setItem(PREFIX + key, write(bare))
  } catch {
    // Without storage it is kept until the page is left.
  }
}

function forget(key: string): void {
  memory.delete(key)
  try {
    sessionStorage.removeItem(PREFIX + key)
  } catch {
    // There was no storage to keep it in.
  }
}

/**
 * A document while it is edited. What is typed is kept, without secrets, in this browser until it is
 * saved or discarded, and a save never goes over what somebody else has saved meanwhile.
 */
export function useEdit<T, D>(kind: Kind<T, D>, read_: Version<T>): Edit<T, D> {
  const key = `${sessionState().tenant ?? ''}${kind.make ?? kind.path}`
  const client = useQueryClient()
  const [base, setBase] = useState(read_)
  const [edited, setEdited] = useState<D | null>(() => kept<D>(key))
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const [fresh, setFresh] = useState<Version<T> | null>(null)
  const start = kind.draftOf(base.document)
  const draft = edited ?? start
  const same = (a: D, b: D) =>
    JSON.stringify(kind.documentOf(a)) === JSON.stringify(kind.documentOf(b))
  const dirty = edited !== null && !same(edited, start)

  // What is read anew is taken at once where nothing was typed.
  const newer = read_.etag !== base.etag ? read_ : null
  if (newer && !dirty) {
    setBase(newer)
    setEdited(null)
  }
  const theirs = fresh ?? (dirty && newer ? newer : null)

  const latest = useRef(false)
  useEffect(() => {
    latest.current = dirty
    if (dirty) keep(key, draft, kind.bare(draft))
    else forget(key)
  })

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])

  async function save(over = false): Promise<T | null> {
    const clean = kind.tidied(draft)
    setEdited(clean)
    setBusy(true)
    setFailure(null)
    try {
      const now =
        base.etag === null && !kind.make && !over ? await read<T>(kind.path, kind.exact) : null
      if (now?.document) {
        setFresh(now)
        return null
      }
      const made = await ask<T>(kind.make ? 'POST' : 'PUT', kind.make ?? kind.path, {
        body: kind.documentOf(clean),
        ifMatch: over ? theirs?.etag : base.etag,
        exact: kind.exact,
      })
      forget(key)
      latest.current = false
      const version = { document: made.data, etag: made.etag }
      setBase(version)
      // What was typed while it was on its way is not saved yet, and stays.
      setEdited((typed) => (typed === clean ? null : typed))
      setFresh(null)
      client.setQueryData([sessionState().tenant, 'version', kind.path], version)
      void client.invalidateQueries({ predicate: (q) => q.queryKey[1] !== 'version' })
      return made.data
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      setFailure(e)
      if (e.status === 412) setFresh(await read<T>(kind.path, kind.exact).catch(() => null))
      return null
    } finally {
      setBusy(false)
    }
  }

  return {
    draft,
    set: (change) => setEdited({ ...draft, ...change }),
    dirty,
    busy,
    failure,
    saved: base.document,
    etag: base.etag,
    theirs,
    changes: theirs
      ? differences(kind.documentOf(start), kind.documentOf(kind.draftOf(theirs.document)))
      : [],
    save,
    discard: () => {
      forget(key)
      setEdited(null)
      setFailure(null)
      setFresh(null)
    },
    takeTheirs: () => {
      forget(key)
      setBase(theirs ?? base)
      setEdited(null)
      setFailure(null)
      setFresh(null)
    },
  }
}
