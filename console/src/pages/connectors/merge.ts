import { documentOf, type Draft, draftOf } from './draft'
import { differences } from './differences'

/** What belongs together: who changes one of these has changed all of them. */
const BODY: (keyof Draft)[] = ['bodyType', 'bodyMode', 'fields', 'template', 'root', 'item']

function groups(): (keyof Draft)[][] {
  const alone = (Object.keys(draftOf({})) as (keyof Draft)[]).filter((k) => !BODY.includes(k))
  return [BODY, ...alone.map((k) => [k])]
}

function differs(a: Draft, b: Draft, keys: (keyof Draft)[]): boolean {
  return keys.some((k) => JSON.stringify(a[k]) !== JSON.stringify(b[k]))
}

/** Their version with everything that I have changed on top: nothing of mine is lost. */
export function together(base: Draft, mine: Draft, theirs: Draft): Draft {
  const own = groups()
    .filter((keys) => differs(base, mine, keys))
    .flat()
  return Object.fromEntries(
    Object.keys(theirs).map((k) => [
      k,
      (own.includes(k as keyof Draft) ? mine : theirs)[k as keyof Draft],
    ]),
  ) as unknown as Draft
}

/** Whether both have changed the same part. */
export function clash(base: Draft, mine: Draft, theirs: Draft): boolean {
  return groups().some(
    (keys) =>
      differs(base, mine, keys) && differs(base, theirs, keys) && differs(mine, theirs, keys),
  )
}

export interface Change {
  pointer: string
  theirs: unknown
  mine: unknown
  /** Whether I have changed it too, and otherwise than they. */
  both: boolean
}

/** What they have changed, and what I have there. */
export function changesOf(base: Draft, mine: Draft, theirs: Draft): Change[] {
  const [was, ours, others] = [base, mine, theirs].map(documentOf)
  return differences(was, others).map((pointer) => {
    const change = { pointer, theirs: at(others, pointer), mine: at(ours, pointer) }
    const both =
      JSON.stringify(change.mine) !== JSON.stringify(at(was, pointer)) &&
      JSON.stringify(change.mine) !== JSON.stringify(change.theirs)
    return { ...change, both }
  })
}

/** What stands at a place of a document. */
export function at(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>(
      (value, part) =>
        typeof value === 'object' && value !== null
          ? (value as Record<string, unknown>)[part.replaceAll('~1', '/').replaceAll('~0', '~')]
          : undefined,
      document,
    )
}
