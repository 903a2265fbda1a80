import { parse, write } from '~/api/exact'
import type { AdaptorRow } from '~/api/contract'

/** A row of an adaptor while it is edited: every value as text. */
export interface EditRow {
  /** What a row keeps while it is moved. */
  key: string
  label: string
  section: string
  source: string
  /** A value of the adaptor’s own, as text or JSON; then there is no source. */
  constant: string
  isConstant: boolean
  target: string
  fallback: string
  required: boolean
  filters: string
  dateFormat: string
  zone: string
  type: string
  /** What is not shown as a column, kept as it is. */
  rest: Partial<AdaptorRow>
}

export const SECTIONS = ['Lead Fields', 'Call Log Info', 'Extra Fields']

/** An empty row; its key is another one each time, unless it is said. */
export function newRow(section: string, key = newKey()): EditRow {
  return {
    key,
    label: '',
    section,
    source: '',
    constant: '',
    isConstant: false,
    target: '',
    fallback: '',
    required: false,
    filters: '',
    dateFormat: '',
    zone: '',
    type: '',
    rest: {},
  }
}

function newKey(): string {
  return Math.random().toString(36).slice(2)
}

/** A JSON value as somebody types it: texts without quotes, unless they could be taken for something else. */
export function typedOf(value: unknown): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return looksTyped(value) ? JSON.stringify(value) : value
  return write(value)
}

/** What was typed as a JSON value; numbers keep their digits. */
export function valueOf(typed: string): unknown {
  if (!looksTyped(typed)) return typed
  try {
    return parse(typed)
  } catch {
    return typed
  }
}

function looksTyped(text: string): boolean {
  return /^\s*(-?\d|true$|false$|null$|["[{])/.test(text)
}

export function editable(row: AdaptorRow, place = 0): EditRow {
  const {
    label,
    section,
    source,
    constant,
    target,
    required,
    filters,
    dateFormat,
    zone,
    type,
    ...others
  } = row
  const { default: fallback, ...rest } = others
  return {
    key: `saved ${place}`,
    label: label ?? '',
    section: section ?? '',
    source: source ?? '',
    constant: typedOf(constant),
    isConstant: constant !== undefined,
    target: target ?? '',
    fallback: typedOf(fallback),
    required: required ?? false,
    filters: filters ?? '',
    dateFormat: dateFormat ?? '',
    zone: zone ?? '',
    type: type ?? '',
    rest,
  }
}

export function documentRow(row: EditRow): AdaptorRow {
  const common = {
    ...(row.label && { label: row.label }),
    ...(row.section && { section: row.section }),
    ...(row.target && { target: row.target }),
    ...(row.type && { type: row.type }),
  }
  if (row.isConstant) return { ...common, constant: valueOf(row.constant) } as AdaptorRow
  return {
    ...row.rest,
    ...common,
    source: row.source,
    ...(row.fallback && { default: valueOf(row.fallback) }),
    ...(row.required && !row.fallback && { required: true }),
    ...(row.filters && { filters: row.filters }),
    ...(row.dateFormat && { dateFormat: row.dateFormat }),
    ...(row.dateFormat && row.zone && { zone: row.zone }),
  } as AdaptorRow
}

/** The rows with one put in another place. */
export function moved<T>(rows: T[], from: number, to: number): T[] {
  const next = [...rows]
  const [row] = next.splice(from, 1)
  if (row !== undefined) next.splice(Math.max(0, Math.min(to, next.length)), 0, row)
  return next
}

/**
 * A row one step further up or down. At the edge of a section it goes over into the next one before it
 * passes a row of that.
 */
export function stepped(rows: EditRow[], from: number, by: 1 | -1): EditRow[] {
  const row = rows[from]
  const next = rows[from + by]
  if (!row || !next) return rows
  return next.section === row.section
    ? moved(rows, from, from + by)
    : rows.map((r) => (r === row ? { ...r, section: next.section } : r))
}
