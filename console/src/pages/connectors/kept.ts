import type { Draft, Who } from './draft'

const PREFIX = 'fairlead.draft.'
const memory = new Map<string, Draft>()

/** What was typed and not saved; after a reload without its secrets. */
export function kept(key: string): Draft | null {
  const here = memory.get(key)
  if (here) return here
  try {
    const text = sessionStorage.getItem(PREFIX + key)
    return text ? (JSON.parse(text) as Draft) : null
  } catch {
    return null
  }
}

export function keep(key: string, draft: Draft): void {
  memory.set(key, draft)
  try {
    const safe = {
      ...draft,
      authorization: withoutSecrets(draft.authorization),
      signing: withoutSecrets(draft.signing),
    }
    sessionStorage.setItem(PREFIX + key, JSON.stringify(safe))
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
