import { describe, expect, it } from 'vitest'
import { ago, bytes, count, howLong, rangeStart } from './times'

const now = Date.parse('2026-03-02T12:00:00.000Z')

describe('times', () => {
  it('are told as people tell them', () => {
    expect(ago(now - 3_000, now)).toBe('now')
    expect(ago(now - 45_000, now)).toBe('45 s ago')
    expect(ago(now - 3 * 60_000, now)).toBe('3 min ago')
    expect(ago(now + 2 * 3_600_000, now)).toBe('in 2 h')
    expect(ago(now - 3 * 86_400_000, now)).toBe('3 d ago')
  })

  it('are exact where it counts', () => {
    expect(howLong(8)).toBe('8 ms')
    expect(howLong(1_240)).toBe('1.24 s')
    expect(howLong(65_000)).toBe('1 min 5 s')
  })

  it('begin a range at a whole minute, so that cursors keep their filters', () => {
    expect(rangeStart('1h', now + 30_000)).toBe('2026-03-02T11:00:00.000Z')
    expect(rangeStart('all', now)).toBeUndefined()
  })
})

describe('amounts', () => {
  it('say when they were not counted to the end', () => {
    expect(count(9_999)).toBe('9,999')
    expect(count(10_000)).toBe('10,000+')
    expect(bytes(2_048)).toBe('2.0 KiB')
  })
})
