import { Button, NativeSelect } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import css from './pager.module.css'
import type { usePaging } from './paging'
import { count } from './times'

export const PAGE_SIZES = [10, 25, 50, 100]

interface Props {
  /** What was read; nothing is shown before, nor of an empty list. */
  page: { data: unknown[]; next: string | null; total: number } | undefined
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
  const { next, total } = page
  const before = paging.pagesBefore * limit
  return (
    <div className={css.pager}>
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
      {shown > 0 && (
        <span className="dim num">
          {count(before + 1).replace('+', '')}–{count(before + shown).replace('+', '')} of{' '}
          {count(total)}
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
