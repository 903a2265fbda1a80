import type { SearchResult } from '~/api/contract'
import { count } from '~/ui/times'
import { When } from '~/ui/when'

/** What can be found without looking into data, in a sentence. */
export const FINDABLE =
  'A connector, delivery, event, attempt, run, authorization or adaptor is found by its whole id; ' +
  'connectors, authorizations, adaptors and commands by a part of their name or URL; an event by ' +
  'its whole key, its sender’s id, or what stands at a searchable path of its type.'

/** How far data was looked through. */
export function LookedThrough({ looked }: { looked: NonNullable<SearchResult['lookedThrough']> }) {
  const events = looked.events === 1 ? '1 event' : `${count(looked.events)} events`
  if (looked.all) return <>Looked through the data of {events}: all of this time.</>
  return (
    <>
      Looked through the newest {events}, back to{' '}
      {looked.since ? <When at={looked.since} /> : 'the end of what was asked for'}. What is older
      was not looked at.
    </>
  )
}

/** How many were found, for those who do not see it. */
export function foundWords(hits: number): string {
  return hits === 0 ? 'Nothing found.' : hits === 1 ? '1 found.' : `${hits} found.`
}
