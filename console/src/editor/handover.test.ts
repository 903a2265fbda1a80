import { describe, expect, it } from 'vitest'
import { begun, Echoes } from './handover'

describe('what an editor is told', () => {
  it('is nothing new where it has said so itself, however late it comes back', () => {
    const echoes = new Echoes()
    echoes.say('a')
    echoes.say('ab')
    echoes.say('abc')
    expect(echoes.hears('ab')).toBe(true)
    expect(echoes.hears('abc')).toBe(true)
  })

  it('is new where it comes from somebody else', () => {
    const echoes = new Echoes()
    echoes.say('a')
    expect(echoes.hears('theirs')).toBe(false)
    expect(echoes.hears('a')).toBe(false)
  })

  it('is new where it was typed once and has come back since', () => {
    const echoes = new Echoes()
    echoes.say('a')
    echoes.say('ab')
    expect(echoes.hears('ab')).toBe(true)
    expect(echoes.hears('a')).toBe(false)
  })
})

describe('what takes the place of a plain field', () => {
  const at = { focused: true, from: 3, to: 3 }

  it('goes on with what was typed', () => {
    const left = { text: 'abc', shown: 'ab', ...at }
    expect(begun(left, 'ab')).toEqual({ text: 'abc', ...at })
  })

  it('does not take a record for typed that the page has replaced meanwhile', () => {
    const left = { text: 'example', shown: 'example', focused: false, from: 7, to: 7 }
    expect(begun(left, 'real').text).toBe('real')
    expect(begun(left, 'real').from).toBe(4)
    const lines = { text: 'a\nb', shown: 'a\r\nb', ...at }
    expect(begun(lines, 'c').text).toBe('c')
  })
})
