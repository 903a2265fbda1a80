import { describe, expect, it } from 'vitest'
import type { AdaptorRow } from '~/api/contract'
import { documentRow, editable, moved, newRow, typedOf, valueOf } from './rows'

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

  it('can be moved', () => {
    expect(moved([1, 2, 3], 0, 2)).toEqual([2, 3, 1])
    expect(newRow('Extra Fields').section).toBe('Extra Fields')
  })
})
