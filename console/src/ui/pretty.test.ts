import { describe, expect, it } from 'vitest'
import { asCurl, kindOf, member, pretty, prettyJson } from './pretty'

describe('what was sent', () => {
  it('keeps every digit of a number', () => {
    expect(prettyJson('{"a":1.10,"b":[12345678901234567890,{}],"c":[]}')).toBe(
      '{\n  "a": 1.10,\n  "b": [\n    12345678901234567890,\n    {}\n  ],\n  "c": []\n}',
    )
  })

  it('keeps braces and quotes inside of texts', () => {
    expect(prettyJson('{"a":"{\\"x\\": [1,2]}"}')).toBe('{\n  "a": "{\\"x\\": [1,2]}"\n}')
  })

  it('is shown as it came where it is not what it says', () => {
    expect(pretty('{oops', 'application/json')).toBe('{oops')
  })

  it('is indented as XML', () => {
    expect(pretty('<a><b>1</b><c/></a>', 'text/xml')).toBe('<a>\n  <b>1</b>\n  <c/>\n</a>')
  })

  it('is known by its type, and without one by its look', () => {
    expect(kindOf('{"a":1}', undefined)).toBe('json')
    expect(kindOf('a=b', 'application/x-www-form-urlencoded')).toBe('form')
  })
})

describe('a command for a terminal', () => {
  it('quotes what a shell would read', () => {
    expect(
      asCurl({
        method: 'POST',
        url: 'https://a.example/?q=a b',
        headers: [
          { name: 'Host', value: 'a.example' },
          { name: 'X-A', value: "it's" },
        ],
        body: '{"a":1}',
      }),
    ).toBe(
      `curl -X POST 'https://a.example/?q=a b' \\\n  -H 'X-A: it'\\''s' \\\n  --data-raw '{"a":1}'`,
    )
  })
})

it('a member is cut out as it was written', () => {
  const text = '{"id":"a","note":"\\"data\\": 1","data": {"n": 1.10, "a": [1, {"data": 2}]},"z":1}'
  expect(member(text, 'data')).toBe('{"n": 1.10, "a": [1, {"data": 2}]}')
  expect(member(text, 'z')).toBe('1')
  expect(member('{"data":null}', 'data')).toBeNull()
  expect(member('{"x":1}', 'data')).toBeNull()
})
