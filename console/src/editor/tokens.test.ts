import { describe, expect, it } from 'vitest'
import { offsetOf, placeOf, wanted } from './tokens'

describe('a server’s sentence', () => {
  it('says where it means', () => {
    expect(placeOf('Line 3, column 7: Expected }}.')).toEqual({
      line: 3,
      column: 7,
      detail: 'Expected }}.',
    })
    expect(placeOf('A connector needs a URL.').line).toBe(1)
  })

  it('finds its place in the text', () => {
    expect(offsetOf('ab\ncd', { line: 2, column: 2, detail: '' })).toBe(4)
    expect(offsetOf('ab', { line: 9, column: 1, detail: '' })).toBe(2)
  })
})

describe('what is wanted at the cursor', () => {
  it('is a name after the braces, and a filter after a pipe', () => {
    expect(wanted('https://a/{{cust')).toEqual({ kind: 'name', from: 12 })
    expect(wanted('{{a | up')).toEqual({ kind: 'filter', from: 6 })
  })

  it('is nothing outside of tokens', () => {
    expect(wanted('plain')).toBeNull()
    expect(wanted('{{a}} b')).toBeNull()
  })
})
