import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { Check } from './check'
import css from './table.module.css'

export interface Column<T> {
  key: string
  title: string
  cell: (row: T) => ReactNode
  /** The name to sort by, where the list can. */
  sort?: string
  width?: number | string
  align?: 'right'
  /**
   * On a phone: the row's first line, a whole line below it, a part of a small line (with the column's title, or
   * without), or nothing.
   */
  phone?: 'title' | 'second' | 'line' | 'named' | 'end' | 'hide'
  /** From which width of the window on it is shown. */
  from?: 'medium' | 'wide' | 'full'
}

interface Props<T> {
  label: string
  columns: Column<T>[]
  rows: T[] | undefined
  rowKey: (row: T) => string
  /** What a click on a row, or Enter, does. */
  onOpen?: (row: T) => void
  selection?: { chosen: ReadonlySet<string>; choose: (next: ReadonlySet<string>) => void }
  /** The name of what a row is, for its check box. */
  rowName?: (row: T) => string
  sort?: string
  onSort?: (sort: string) => void
  /** How many rows will come. */
  expected?: number
  /** While newer rows are on their way. */
  stale?: boolean
  empty?: ReactNode
}

/** As many empty rows as a window shows. */
const MOST_BONES = 20

/** A dense table: rows of 36 px, walked with j and k, opened with Enter, chosen with x. */
export function Table<T>(props: Props<T>) {
  const { columns, rows, rowKey, selection, sort, onSort } = props
  const [at, setAt] = useState(0)
  const body = useRef<HTMLTableSectionElement>(null)

  const all = rows?.map(rowKey) ?? []
  const chosenHere = all.filter((key) => selection?.chosen.has(key)).length

  function toggle(key: string): void {
    if (!selection) return
    const next = new Set(selection.chosen)
    if (!next.delete(key)) next.add(key)
    selection.choose(next)
  }

  function toggleAll(): void {
    if (!selection) return
    const next = new Set(selection.chosen)
    all.forEach((key) => (chosenHere === all.length ? next.delete(key) : next.add(key)))
    selection.choose(next)
  }

  function go(to: number): void {
    const row = body.current?.rows[to]
    if (row) {
      setAt(to)
      row.focus()
    }
  }

  function pressed(event: KeyboardEvent<HTMLTableRowElement>, row: T, index: number): void {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey)
      return
    switch (event.key) {
      case 'j':
      case 'ArrowDown':
        go(index + 1)
        break
      case 'k':
      case 'ArrowUp':
        go(index - 1)
        break
      case 'x':
        toggle(rowKey(row))
        break
      case 'Enter':
        props.onOpen?.(row)
        break
      default:
        return
    }
    event.preventDefault()
  }

  if (rows?.length === 0 && props.empty) return <>{props.empty}</>

  return (
    <div className={css.scroll}>
      <table
        className={css.table}
        aria-label={props.label}
        aria-busy={!rows}
        data-stale={props.stale || undefined}
      >
        <thead>
          <tr>
            {selection && (
              <th className={css.check}>
                <Check
                  name="Choose all on this page"
                  checked={all.length > 0 && chosenHere === all.length}
                  some={chosenHere > 0 && chosenHere < all.length}
                  onChange={toggleAll}
                />
              </th>
            )}
            {columns.map((column) => (
              <th
                key={column.key}
                style={{ width: column.width, textAlign: column.align }}
                data-from={column.from}
                aria-sort={ariaSort(column.sort, sort)}
              >
                {column.sort && onSort ? (
                  <button
                    type="button"
                    className={css.sort}
                    onClick={() => onSort(turned(column.sort!, sort))}
                  >
                    {column.title}
                    {sort === column.sort && <IconArrowUp size={12} aria-hidden />}
                    {sort === `-${column.sort}` && <IconArrowDown size={12} aria-hidden />}
                  </button>
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows
            ? rows.map((row, index) => {
                const key = rowKey(row)
                return (
                  <tr
                    key={key}
                    tabIndex={index === Math.min(at, rows.length - 1) ? 0 : -1}
                    data-chosen={selection?.chosen.has(key) || undefined}
                    data-opens={props.onOpen ? true : undefined}
                    onFocus={(e) => e.target === e.currentTarget && setAt(index)}
                    onKeyDown={(e) => pressed(e, row, index)}
                    onClick={(e) => {
                      if (!(e.target as Element).closest('a,button,input,label,[role=menu]')) {
                        props.onOpen?.(row)
                      }
                    }}
                  >
                    {selection && (
                      <td className={css.check}>
                        <Check
                          passed
                          name={`Choose ${props.rowName?.(row) ?? key}`}
                          checked={selection.chosen.has(key)}
                          onChange={() => toggle(key)}
                        />
                      </td>
                    )}
                    {columns.map((column) => (
                      <td
                        key={column.key}
                        style={{ textAlign: column.align }}
                        data-from={column.from}
                        data-phone={column.phone ?? 'line'}
                        data-title={column.phone === 'named' ? column.title : undefined}
                      >
                        {column.cell(row)}
                      </td>
                    ))}
                  </tr>
                )
              })
            : Array.from({ length: Math.min(props.expected ?? 10, MOST_BONES) }, (_, index) => (
                <tr key={index}>
                  {selection && <td className={css.check} />}
                  {columns.map((column, c) => (
                    <td
                      key={column.key}
                      data-from={column.from}
                      data-phone={column.phone ?? 'line'}
                    >
                      <div
                        className={css.bone}
                        style={{ width: `${50 + ((index * 13 + c * 29) % 40)}%` }}
                      />
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
      </table>
    </div>
  )
}

function ariaSort(name: string | undefined, sort: string | undefined) {
  if (!name || !sort) return undefined
  return sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined
}

function turned(name: string, sort: string | undefined): string {
  return sort === name
    ? `-${name}`
    : sort === `-${name}`
      ? name
      : name.endsWith('At')
        ? `-${name}`
        : name
}
