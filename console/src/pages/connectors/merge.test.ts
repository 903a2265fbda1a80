import { describe, expect, it } from 'vitest'
import { blank } from './draft'
import { at, changesOf, clash, together } from './merge'

const base = { ...blank, name: 'Slack', url: 'https://a.example' }
const mine = { ...base, url: 'https://mine.example' }

describe('two who edit one connector', () => {
  it('keep both where they changed different parts', () => {
    const theirs = { ...base, name: 'Theirs', headers: [{ name: 'X', value: '1' }] }
    const both = together(base, mine, theirs)
    expect([both.name, both.url, both.headers.length]).toEqual(['Theirs', mine.url, 1])
    expect(clash(base, mine, theirs)).toBe(false)
    expect(changesOf(base, mine, theirs).map((c) => [c.pointer, c.both])).toEqual([
      ['/name', false],
      ['/headers', false],
    ])
  })

  it('are told where they changed the same, and mine is kept', () => {
    const theirs = { ...base, url: 'https://theirs.example' }
    expect(clash(base, mine, theirs)).toBe(true)
    expect(together(base, mine, theirs).url).toBe(mine.url)
    expect(changesOf(base, mine, theirs)).toEqual([
      { pointer: '/url', theirs: theirs.url, mine: mine.url, both: true },
    ])
  })

  it('do not mix one’s template with the other’s type', () => {
    const xml = { ...base, bodyType: 'xml' as const, bodyMode: 'fields' as const }
    const template = { ...base, bodyMode: 'template' as const, template: '{}' }
    const both = together(base, template, xml)
    expect([both.bodyType, both.bodyMode, both.template]).toEqual(['json', 'template', '{}'])
    expect(clash(base, template, xml)).toBe(true)
  })

  it('finds places', () => {
    expect(at({ a: [{ b: 1 }] }, '/a/0/b')).toBe(1)
    expect(at({ a: 1 }, '/a/b')).toBeUndefined()
  })
})
