import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { Query } from '~/api/client'

interface Walk {
  /** The filters that it goes through, as text. */
  key: string
  /** Where pages begin that were come by. */
  cursors: Record<number, string>
  /** The place in the address that belongs to other filters. */
  over: string | undefined
}

/**
 * The walk through a list. Where it is stands in the address, so that a page can be shared, and the
 * way back from what was opened leads to it; a change of the filters begins at the start again.
 *
 * A range of time moves on with the clock. From the second page on it stays where it was when the
 * first one was read, since a cursor goes with the filters that it was made with.
 *
 * @param range the name of that range: another one is another list
 */
export function usePaging<F extends Query>(filters: F, range?: string) {
  const at = useSearch({ strict: false })
  const navigate = useNavigate()
  const { from: start, ...others } = filters
  const key = JSON.stringify([others, range])
  const [kept, setWalk] = useState<Walk>({ key, cursors: {}, over: undefined })
  const walk = kept.key === key ? kept : { key, cursors: {}, over: at.cursor }
  if (walk !== kept) setWalk(walk)
  const isOver = at.cursor !== undefined && at.cursor === walk.over
  const isFirst = isOver || !at.cursor
  const page = isFirst ? 1 : (at.page ?? 2)
  const from = isFirst ? start : (at.since ?? start)

  useEffect(() => {
    if (isOver) {
      void navigate({
        to: '.',
        search: (before) => ({ ...before, cursor: undefined, page: undefined, since: undefined }),
        replace: true,
      })
    }
  }, [isOver, navigate])

  function turnTo(next: number, cursor: string | undefined): void {
    const goesOn = next > 1 && cursor !== undefined
    void navigate({
      to: '.',
      search: (before) => ({
        ...before,
        cursor: goesOn ? cursor : undefined,
        page: goesOn ? next : undefined,
        since: goesOn && typeof from === 'string' ? from : undefined,
      }),
    })
  }

  return {
    /** What to ask for. */
    query: { ...filters, from, cursor: isFirst ? undefined : at.cursor },
    isFirst,
    pagesBefore: page - 1,
    next: (cursor: string) => {
      setWalk({ ...walk, cursors: { ...walk.cursors, [page + 1]: cursor } })
      turnTo(page + 1, cursor)
    },
    /** The page before, or the first one where the walk did not begin here. */
    back: isFirst ? null : () => turnTo(page - 1, walk.cursors[page - 1]),
  }
}
