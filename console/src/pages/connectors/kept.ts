import type { Draft, Who } from './draft'
import type { Saved } from './editing'

/** What was typed, and what it is a change of: somebody else may save before it is looked at again. */
export interface Kept {
  draft: Draft
  base: Saved | null
}

const PREFIX = 'fairlead.typed.'
const memory = new Map<string, Kept>()
const open = new Map<string, number>()

/** What was typed and not saved; after a reload without its secrets. */
export function kept(key: string): Kept | null {
  const here = memory.get(key)
  if (here) return here
  try {
    const text = sessionStorage.getItem(PREFIX + key)
    return text ? (JSON.parse(text) as Kept) : null
  } catch {
    return null
  }
}

export function keep(key: string, typed: Kept): void {
  memory.set(key, typed)
  try {
    const draft = {
      ...typed.draft,
      authorization: withoutSecrets(typed.draft.authorization),
      signing: withoutSecrets(typed.draft.signing),
    }
    sessionStorage.setItem(PREFIX + key, JSON.stringify({ draft, base: typed.base }))
  } catch {
    // Without storage it is kept until the page is left.
  }
}

export function forget(key: string): void {
  memory.delete(key)
  try {
    sessionStorage.removeItem(PREFIX + key)
  } catch {
    // There was no storage to keep it in.
  }
}

const SECRETS = ['password', 'token', 'key', 'secret', 'value']

/** The same with every secret that was typed taken out. */
export function withoutSecrets(who: Who): Who {
  return who === null ? null : (bare(who) as Who)
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const typed = typeof inner === 'string'
      if (typed && (SECRETS.includes(name) || name === 'parameters')) return [name, '']
      return [name, bare(inner)]
    }),
  )
}

/** An editor is open; the answer closes it, and tells whoever asks whether something is left in it. */
export function opened(key: string, left: () => void): () => void {
  open.set(key, (open.get(key) ?? 0) + 1)
  return () => {
    open.set(key, (open.get(key) ?? 1) - 1)
    // The same may be opened in another place in the same moment.
    setTimeout(() => {
      if (!open.get(key) && kept(key)) left()
    })
  }
}
