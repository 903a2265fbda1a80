import { useState } from 'react'
import { rangeStart } from './times'

/** The cursors of a walk through a list, forgotten when its filters change. */
export function usePaging(filters: unknown) {
  const key = JSON.stringify(filters)
  const [walk, setWalk] = useState<{ key: string; cursors: string[] }>({ key, cursors: [] })
  const cursors = walk.key === key ? walk.cursors : []
  return {
    cursor: cursors.at(-1),
    pagesBefore: cursors.length,
    next: (cursor: string) => setWalk({ key, cursors: [...cursors, cursor] }),
    back: cursors.length ? () => setWalk({ key, cursors: cursors.slice(0, -1) }) : null,
  }
}

/** Where a range up to now begins: it moves on with the time, but not under somebody who is on a later page. */
export function useFrom(range: string | undefined, walking: boolean): string | undefined {
  const now = range ? rangeStart(range) : undefined
  const [kept, keep] = useState({ range, from: now })
  if (walking && kept.range === range) return kept.from
  if (kept.range !== range || kept.from !== now) keep({ range, from: now })
  return now
}
