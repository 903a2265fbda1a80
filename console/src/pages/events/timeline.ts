import type { Delivery, DeliveryWithAttempts } from '~/api/contract'

type Attempt = DeliveryWithAttempts['attempts'][number]

/** Something that came of an event, at its time. */
export type Entry = { at: string; delivery: Delivery } & (
  { kind: 'attempt'; attempt: Attempt } | { kind: 'end' } | { kind: 'next' }
)

/**
 * Everything that came of an event, in the order of time: each attempt where they were read, else how
 * the delivery stands, and what is still to come.
 */
export function timeline(
  deliveries: Delivery[],
  read: ReadonlyMap<string, DeliveryWithAttempts>,
): Entry[] {
  const all = deliveries.flatMap((listed): Entry[] => {
    const delivery = read.get(listed.id) ?? listed
    const attempts = read.get(listed.id)?.attempts ?? []
    const made: Entry[] = attempts.map((attempt) => ({
      kind: 'attempt',
      at: attempt.startedAt,
      delivery,
      attempt,
    }))
    const isTold = attempts.length > 0 && attempts.length === delivery.attemptCount
    if (delivery.nextAttemptAt) made.push({ kind: 'next', at: delivery.nextAttemptAt, delivery })
    else if (!isTold || delivery.state === 'CANCELLED' || delivery.state === 'HELD')
      made.push({ kind: 'end', at: delivery.endedAt ?? delivery.createdAt, delivery })
    return made
  })
  return all
    .map((entry, place) => ({ entry, place, time: Date.parse(entry.at) }))
    .sort(
      (a, b) =>
        Number(a.entry.kind === 'next') - Number(b.entry.kind === 'next') ||
        a.time - b.time ||
        a.place - b.place,
    )
    .map(({ entry }) => entry)
}

/** How long after the event something was: `+12 ms`, `+1.02 s`, `+5 min`, `+3 h`. */
export function after(start: string, at: string): string {
  const ms = Math.max(0, Date.parse(at) - Date.parse(start))
  if (ms < 1_000) return `+${ms} ms`
  if (ms < 60_000) return `+${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`
  if (ms < 3_600_000) return `+${Math.round(ms / 60_000)} min`
  if (ms < 48 * 3_600_000) return `+${(ms / 3_600_000).toFixed(1).replace('.0', '')} h`
  return `+${Math.round(ms / 86_400_000)} d`
}
