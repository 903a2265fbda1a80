import { expect, test } from 'vitest'
import type { Delivery, DeliveryWithAttempts } from '~/api/contract'
import { after, timeline } from './timeline'

const at = (seconds: number) => new Date(Date.UTC(2026, 2, 2, 9, 15, seconds)).toISOString()

function delivery(id: string, more: Partial<Delivery>): Delivery {
  return {
    id,
    state: 'SUCCEEDED',
    attemptCount: 1,
    createdAt: at(0),
    nextAttemptAt: null,
    endedAt: at(1),
    ...more,
  } as Delivery
}

function withAttempts(one: Delivery, ...starts: number[]): [string, DeliveryWithAttempts] {
  const attempts = starts.map((s, i) => ({
    id: `att_${one.id}${i}`,
    number: i + 1,
    startedAt: at(s),
  }))
  return [one.id, { ...one, attempts } as DeliveryWithAttempts]
}

test('attempts of all deliveries stand in the order of time, and what is to come at the end', () => {
  const quick = delivery('quick', {})
  const slow = delivery('slow', {
    state: 'RETRYING',
    attemptCount: 2,
    endedAt: null,
    nextAttemptAt: at(9),
  })
  const read = new Map([withAttempts(slow, 0, 5), withAttempts(quick, 1)])
  const told = timeline([slow, quick], read).map((e) => `${e.delivery.id} ${e.kind}`)
  expect(told).toEqual(['slow attempt', 'quick attempt', 'slow attempt', 'slow next'])
})

test('a delivery without attempts, or whose attempts were not read, is told by how it stands', () => {
  const held = delivery('held', { state: 'HELD', attemptCount: 0, endedAt: null })
  const far = delivery('far', { attemptCount: 3, endedAt: at(30) })
  const told = timeline([far, held], new Map()).map((e) => `${e.delivery.id} ${e.kind} ${e.at}`)
  expect(told).toEqual([`held end ${at(0)}`, `far end ${at(30)}`])
})

test('how long after the event it was', () => {
  expect(after(at(0), at(0))).toBe('+0 ms')
  expect(after(at(0), '2026-03-02T09:15:01.020Z')).toBe('+1.02 s')
  expect(after(at(0), at(300))).toBe('+5 min')
  expect(after(at(0), at(7200))).toBe('+2 h')
})
