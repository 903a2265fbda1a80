import { describe, expect, it } from 'vitest'
import { marksOf, spansOf } from './marks'

const mark = (text: string) => ({ text, title: text })
const places = (text: string, ...marks: string[]) =>
  spansOf(text, marks.map(mark)).map((s) => s.from)

describe('the values of tokens in a text', () => {
  it('are found in their order, where the same comes twice', () => {
    expect(places('{"a": "x", "b": "x"}', '"x"', '"x"')).toEqual([6, 16])
  })

  it('are words of their own first', () => {
    expect(places('{"a1": 1}', '1')).toEqual([7])
    expect(places('{"n": "INV1x"}', 'INV1')).toEqual([7])
  })

  it('are passed over where they are not', () => {
    expect(places('{"a": 1}', 'gone', '1')).toEqual([6])
  })
})

describe('the tokens of a request', () => {
  const token = (pointer: string, place: string) => ({
    token: '{{a}}',
    pointer,
    place,
    source: 'the event’s data at a',
    value: 'v',
  })

  it('are told apart by where they stand', () => {
    const marks = marksOf([
      token('/url', 'the URL’s path'),
      token('/query/0/value', 'query a'),
      token('/headers/1/value', 'header X-One'),
      token('/body/fields/0/value', 'body field a'),
    ])
    expect([marks.url.length, marks.header('x-one').length, marks.body.length]).toEqual([2, 1, 1])
    expect(marks.header('X-Two')).toEqual([])
  })
})
