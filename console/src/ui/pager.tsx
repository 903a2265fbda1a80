import { Button, NativeSelect } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import css from './pager.module.css'
import { count } from './times'

export const PAGE_SIZES = [10, 25, 50, 100]

interface Props {
  limit: number
  onLimit: (limit: number) => void
  total: number | undefined
  shown: number
  /** How many rows are on the pages before. */
  before: number
  next: string | null | undefined
  onNext: () => void
  onBack: (() => void) | null
}

/** How many rows there are, how many are shown, and the way to the others. */
export function Pager(props: Props) {
  return (
    <div className={css.pager}>
      <label className={css.size}>
        Show
        <NativeSelect
          aria-label="Items per page"
          size="xs"
          value={String(props.limit)}
          data={PAGE_SIZES.map(String)}
          onChange={(e) => props.onLimit(Number(e.currentTarget.value))}
        />
        items per page
      </label>
      <span className="grow" />
      {props.total !== undefined && props.shown > 0 && (
        <span className="dim num">
          {count(props.before + 1).replace('+', '')}–
          {count(props.before + props.shown).replace('+', '')} of {count(props.total)}
        </span>
      )}
      <Button.Group>
        <Button
          size="xs"
          variant="default"
          aria-label="Page before"
          disabled={!props.onBack}
          onClick={() => props.onBack?.()}
        >
          <IconChevronLeft size={14} />
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label="Next page"
          disabled={!props.next}
          onClick={props.onNext}
        >
          <IconChevronRight size={14} />
        </Button>
      </Button.Group>
    </div>
  )
}
