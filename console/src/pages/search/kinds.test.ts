import { expect, test } from 'vitest'
import type { SearchHit } from '~/api/contract'
import { byKind, cutAt, pageOf } from './kinds'

const hit = (kind: SearchHit['kind'], id: string): SearchHit => ({
  kind,
  id,
  title: id,
  detail: null,
  at: null,
})

test('what was found stands kind by kind, in the order in which each came first', () => {
  const found = byKind([hit('event', '1'), hit('connector', '2'), hit('event', '3')])

  expect(found.map((group) => [group.kind, group.hits.map((one) => one.id)])).toEqual([
    ['event', ['1', '3']],
    ['connector', ['2']],
  ])
})

test('an attempt is opened in its delivery', () => {
  expect(pageOf(hit('delivery', 'dlv_1'), ' att_1 ')).toMatchObject({
    search: { attempt: 'att_1' },
  })
  expect(pageOf(hit('delivery', 'dlv_1'), 'dlv_1')).toMatchObject({
    params: { id: 'dlv_1' },
    search: { attempt: undefined },
  })
  expect(pageOf(hit('command', 'GetInvoiceImage'), 'get')).toMatchObject({
    params: { name: 'GetInvoiceImage' },
  })
})

test('what was looked for is marked whatever the case', () => {
  expect(cutAt('Invoices to Acme', 'TO ')).toEqual([
    { text: 'Invoices ', found: false },
    { text: 'to', found: true },
    { text: ' Acme', found: false },
  ])
  expect(cutAt('Acme', 'x')).toEqual([{ text: 'Acme', found: false }])
  expect(cutAt('Acme', '')).toEqual([{ text: 'Acme', found: false }])
  // A capital İ becomes two letters.
  expect(cutAt('İstanbul', 'bul')).toEqual([{ text: 'İstanbul', found: false }])
})
