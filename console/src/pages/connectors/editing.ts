import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { ask, part } from '~/api/client'
import type { Connector } from '~/api/contract'
import { Failure } from '~/api/failure'
import { sessionState, useSessionState } from '~/api/session'
import { done } from '~/ui/toasts'
import { blank, documentOf, type Draft, draftOf, tidied, type Who } from './draft'
import { kept, keep, forget, opened } from './kept'
import { together } from './merge'

export interface Saved {
  connector: Connector
  etag: string | null
}

/** A connector with its version. */
export function useConnector(id: string) {
  const { tenant } = useSessionState()
  return useQuery({
    queryKey: [tenant, 'connector', id],
    queryFn: async ({ signal }): Promise<Saved> => {
      const { data, etag } = await ask<Connector>('GET', `/v1/connectors/${part(id)}`, { signal })
      return { connector: data, etag }
    },
    enabled: id !== 'new',
    refetchInterval: 20_000,
  })
}

export interface Editing {
  draft: Draft
  set: (change: Partial<Draft>) => void
  /** Whether there is something to save. */
  dirty: boolean
  busy: boolean
  failure: Failure | null
  /** What somebody else has saved meanwhile. */
  theirs: Saved | null
  save: (over?: boolean) => Promise<Connector | null>
  discard: () => void
  takeTheirs: () => void
  /** Puts mine on top of theirs, to be looked at and saved. */
  keepBoth: () => void
  /** Whether it began with what was typed earlier. */
  resumed: boolean
  saved: Saved | undefined
  notes: string[]
}

/**
 * A connector while it is edited. What is typed is kept, without secrets, in this browser until it is
 * saved or discarded, and a save never goes over what somebody else has saved meanwhile.
 *
 * @param first what a new one begins with
 */
export function useEditing(id: string, saved: Saved | undefined, first?: Draft): Editing {
  const key = `${sessionState().tenant ?? ''}/${id}`
  const client = useQueryClient()
  const [before] = useState(() => (first ? null : kept(key)))
  const [base, setBase] = useState(before?.base ?? saved)
  const [edited, setEdited] = useState<Draft | null>(first ?? before?.draft ?? null)
  const [resumed, setResumed] = useState(before !== null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [busy, setBusy] = useState(false)
  const [notes, setNotes] = useState<string[]>([])
  const [fresh, setFresh] = useState<Saved | null>(null)
  const start = base ? draftOf(base.connector) : blank
  const draft = edited ?? start
  const dirty =
    edited !== null && JSON.stringify(documentOf(edited)) !== JSON.stringify(documentOf(start))

  // What is read anew is taken at once where nothing was typed.
  const newer = saved && base && saved.etag !== base.etag ? saved : !base && saved ? saved : null
  if (newer && !dirty && newer !== base) {
    setBase(newer)
    setEdited(null)
  } else if (newer && base && edited && onlySwitched(base, newer)) {
    // On or off is decided in other places too, and is no reason to ask anybody.
    setBase(newer)
    setEdited({ ...edited, active: newer.connector.active })
  }
  const theirs = fresh ?? (dirty && newer && base ? newer : null)

  const latest = useRef({ dirty, draft })
  // Once a new one is made, what was typed belongs to it.
  const made = useRef(false)
  useEffect(() => {
    latest.current = { dirty, draft }
    if (dirty && !made.current) keep(key, { draft, base: base ?? null })
    else forget(key)
  })

  useEffect(
    () => opened(key, () => done('What you typed is kept, but not saved. Open it again to go on.')),
    [key],
  )

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (latest.current.dirty) event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [])

  async function save(over = false): Promise<Connector | null> {
    const clean = tidied(draft)
    setEdited(clean)
    setBusy(true)
    setFailure(null)
    try {
      const answer = await ask<Connector>(
        id === 'new' ? 'POST' : 'PUT',
        id === 'new' ? '/v1/connectors' : `/v1/connectors/${part(id)}`,
        { body: documentOf(clean), ifMatch: over ? (theirs?.etag ?? '*') : base?.etag },
      )
      forget(key)
      const now = { connector: answer.data, etag: answer.etag }
      if (id === 'new') made.current = true
      if (id === 'new' && latest.current.draft !== clean) {
        keep(`${sessionState().tenant ?? ''}/${answer.data.id}`, {
          draft: latest.current.draft,
          base: now,
        })
      }
      setBase(now)
      // What was typed while it was on its way is not saved yet, and stays.
      setEdited((typed) => (typed === clean ? null : typed))
      setFresh(null)
      setNotes(answer.data.notes)
      client.setQueryData([sessionState().tenant, 'connector', answer.data.id], now)
      void client.invalidateQueries({ predicate: (q) => q.queryKey[1] !== 'connector' })
      return answer.data
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      if (e.status === 412 && id !== 'new') await findTheirs()
      setFailure(e)
      return null
    } finally {
      setBusy(false)
    }
  }

  async function findTheirs() {
    try {
      const { data, etag } = await ask<Connector>('GET', `/v1/connectors/${part(id)}`)
      setFresh({ connector: data, etag })
    } catch {
      // The failure of the save is told already.
    }
  }

  return {
    draft,
    set: (change) => {
      setEdited({ ...draft, ...change })
      setFailure(failure && mended(failure, change))
    },
    resumed: resumed && dirty,
    dirty,
    busy,
    failure,
    theirs,
    save,
    notes,
    saved: base,
    discard: () => {
      forget(key)
      const typed = draft
      setEdited(null)
      setResumed(false)
      setFailure(null)
      done('What you typed is discarded.', () => setEdited(typed))
      setFresh(null)
    },
    takeTheirs: () => {
      forget(key)
      const typed = draft
      setBase(theirs ?? base)
      setEdited(null)
      setFailure(null)
      setFresh(null)
      done('This is what they saved.', () => setEdited(typed))
    },
    keepBoth: () => {
      if (!theirs || !base) return
      setEdited(together(start, draft, draftOf(theirs.connector)))
      setBase(theirs)
      setFailure(null)
      setFresh(null)
    },
  }
}

/** Whether nothing but on or off differs. */
function onlySwitched(base: Saved, newer: Saved): boolean {
  const [a, b] = [base, newer].map((s) => ({ ...documentOf(draftOf(s.connector)), active: true }))
  return JSON.stringify(a) === JSON.stringify(b)
}

const PLACES: Partial<Record<keyof Draft, string>> = {
  fields: '/body',
  template: '/body',
  bodyType: '/body',
  bodyMode: '/body',
  root: '/body',
  item: '/body',
}

/** A failure without what was said of parts that are being changed. */
function mended(failure: Failure, change: Partial<Draft>): Failure | null {
  const places = Object.keys(change).map((k) => PLACES[k as keyof Draft] ?? `/${k}`)
  const left = failure.errors.filter(
    (e) => !places.some((p) => e.pointer === p || e.pointer?.startsWith(`${p}/`)),
  )
  if (left.length === failure.errors.length) return failure
  return left.length ? new Failure(failure.status, failure.message, left, failure.retryAfter) : null
}

/** Whether a connector's authorization is in place, of this kind. */
export function isKind(who: Who, kind: string): who is { kind: string } & Record<string, unknown> {
  return who !== null && 'kind' in who && who.kind === kind
}
