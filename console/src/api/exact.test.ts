import { expect, test } from 'vitest'
import { Digits, parse, write } from './exact'

test('numbers keep their digits on the way through the console', () => {
  const text =
    '{"a":1.50,"big":12345678901234567890,"list":[1,2.0,{"e":1e3}],"text":"1.50","no":null,"empty":{},"none":[]}'
  expect(write(parse(text))).toBe(text)
})

test('what JavaScript writes alike is a plain number', () => {
  expect(parse(' [1, -2.5, "x\\"y", true] ')).toEqual([1, -2.5, 'x"y', true])
  expect(parse('1.50')).toEqual(new Digits('1.50'))
})

test('what is not JSON is refused, and what is undefined is left out', () => {
  expect(() => parse('{"a":}')).toThrow(SyntaxError)
  expect(write({ a: undefined, b: 1 })).toBe('{"b":1}')
})

test('documents that differ in digits alone are told apart', () => {
  expect(JSON.stringify({ a: parse('1.50') })).not.toBe(JSON.stringify({ a: parse('1.5') }))
})
