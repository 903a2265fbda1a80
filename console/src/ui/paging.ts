import { useState } from 'react'

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
