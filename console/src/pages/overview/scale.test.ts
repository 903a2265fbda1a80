import { expect, test } from 'vitest'
import { bucketWords, endOf, linear, logarithmic, ticks } from './scale'

test('the lines of a chart are round and reach the highest bar', () => {
  expect(linear(0).lines).toEqual([0, 1])
  expect(linear(3).lines).toEqual([0, 1, 2, 3])
  expect(linear(7)).toEqual({ top: 8, lines: [0, 2, 4, 6, 8] })
  expect(linear(1234).lines).toEqual([0, 500, 1000, 1500])
})

test('how long things take is shown between powers of ten', () => {
  expect(logarithmic([4, 480])).toEqual({ low: 0, high: 3, lines: [1, 10, 100, 1000] })
  expect(logarithmic([0, 0]).lines).toEqual([1, 10])
  expect(logarithmic([100]).lines).toEqual([100, 1000])
})

test('hours are named as often as there is room, and at round ones', () => {
  const from = new Date(2026, 10, 22, 5).getTime()
  const times = Array.from({ length: 25 }, (_, i) => new Date(from + i * 3_600_000).toISOString())
  const named = ticks(times, '1h', 400)
  expect(named.map((i) => new Date(times[i]!).getHours())).toEqual([6, 12, 18, 0])
})

test('a bucket says from when to when it is', () => {
  const at = new Date(2026, 10, 22, 23).toISOString()
  expect(bucketWords(at, '1h')).toBe('Nov 22, 23:00–00:00')
  expect(endOf('2026-11-22T23:00:00.000Z', '1d')).toBe('2026-11-23T23:00:00.000Z')
})
