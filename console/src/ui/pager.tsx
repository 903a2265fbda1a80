import { Button, NativeSelect } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import css from './pager.module.css'
import type { usePaging } from './paging'
import { count } from './times'
import { When } from './when'

export const PAGE_SIZES = [10, 25, 50, 100]

interface Props {
  /** What was read; nothing is shown before, nor of an empty list. */
  page:
    | {
        data: unknown[]
        next: string | null
        total: number
        /** Where a list is looked through row by row: whether there may be more, and how far this page looked. */
        totalIsLeast?: boolean
        lookedTo?: string | null
      }
    | undefined
  paging: ReturnType<typeof usePaging>
  limit: number
  /** Without it the size of pages is fixed, and a list of one page has no pager. */
  onLimit?: (limit: number) => void
}

/** How many rows there are, how many are shown, and the way to the others. */
export function Pager({ page, paging, limit, onLimit }: Props) {
  const shown = page?.data.length ?? 0
  const onlyOne = !page?.next && !paging.back
  if (!page || (onlyOne && (shown === 0 || !onLimit))) return null
  const { next, total, lookedTo } = page
  const before = paging.pagesBefore * limit
  const of = count(total)
  // Pages that ended where enough was looked at are not full, so those after them have no number.
  const numbered = shown > 0 && !(page.totalIsLeast && before > 0)
  return (
    <div className={css.pager}>
      {next && lookedTo && (
        <span className="dim">
          {shown > 0 ? 'No more' : 'Nothing'} since <When at={lookedTo} />, as far as was looked.{' '}
          <Button size="xs" variant="subtle" onClick={() => paging.next(next)}>
            Look further back
          </Button>
        </span>
      )}
      {onLimit && (
        <label className={css.size}>
          Show
          <NativeSelect
            aria-label="Items per page"
            size="xs"
            value={String(limit)}
            data={PAGE_SIZES.map(String)}
            onChange={(e) => onLimit(Number(e.currentTarget.value))}
          />
          items per page
        </label>
      )}
      <span className="grow" />
      {numbered && (
        <span className="dim num">
          {count(before + 1).replace('+', '')}–{count(before + shown).replace('+', '')} of{' '}
          {page.totalIsLeast && !of.endsWith('+') ? `${of}+` : of}
        </span>
      )}
      <Button.Group>
        <Button
          size="xs"
          variant="default"
          aria-label="Page before"
          disabled={!paging.back}
          onClick={() => paging.back?.()}
        >
          <IconChevronLeft size={14} />
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label="Next page"
          disabled={!next}
          onClick={() => next && paging.next(next)}
        >
          <IconChevronRight size={14} />
        </Button>
      </Button.Group>
    </div>
  )
}
