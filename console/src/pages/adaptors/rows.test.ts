import { describe, expect, it } from 'vitest'
import type { AdaptorRow } from '~/api/contract'
import { parse, write } from '~/api/exact'
import { documentRow, editable, moved, newRow, stepped, typedOf, valueOf } from './rows'

describe('a row of an adaptor', () => {
  it('gives back what it was made of', () => {
    const rows = [
      {
        label: 'City',
        section: 'Lead Fields',
        source: 'a.city',
        target: 'city',
        default: 'unknown',
      },
      {
        source: 'call.status',
        target: 's',
        valueMap: { HU: 'Hang Up' },
        otherValues: 'keep' as const,
      },
      { source: 'at', target: 't', dateFormat: 'us12', zone: 'America/New_York' },
      { constant: 7, target: 'n' },
      { source: 'x', required: true },
    ]
    expect(rows.map((row) => documentRow(editable(row as unknown as AdaptorRow)))).toEqual(rows)
  })

  it('takes texts for texts and numbers for numbers', () => {
    expect(valueOf('unknown')).toBe('unknown')
    expect(valueOf('1.5')).toBe(1.5)
    expect(valueOf('2026-01-02')).toBe('2026-01-02')
    expect(valueOf(typedOf('17'))).toBe('17')
  })

  it('keeps the digits of its values', () => {
    const text = '[{"target":"a","constant":1.50},{"source":"b","default":12345678901234567890}]'
    const rows = parse(text) as AdaptorRow[]
    expect(editable(rows[0]!).constant).toBe('1.50')
    expect(parse(write(rows.map((row) => documentRow(editable(row)))))).toEqual(rows)
  })

  it('goes from section to section when it is moved by steps', () => {
    const rows = ['A', 'A', 'B'].map((section, i) => ({ ...newRow(section), label: `${i}` }))
    const shown = (all: typeof rows) => all.map((r) => `${r.section}${r.label}`)
    expect(shown(stepped(rows, 0, 1))).toEqual(['A1', 'A0', 'B2'])
    expect(shown(stepped(rows, 1, 1))).toEqual(['A0', 'B1', 'B2'])
    expect(shown(stepped(rows, 2, -1))).toEqual(['A0', 'A1', 'A2'])
    expect(stepped(rows, 0, -1)).toBe(rows)
  })

  it('can be moved', () => {
    expect(moved([1, 2, 3], 0, 2)).toEqual([2, 3, 1])
    expect(newRow('Extra Fields').section).toBe('Extra Fields')
  })
})
