import { describe, expect, it } from 'vitest'
import { Echoes } from './handover'

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
