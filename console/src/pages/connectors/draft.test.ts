import { describe, expect, it } from 'vitest'
import { addDataLabel, blank, documentOf, draftOf, pastedHeaders, placeIn, tidied } from './draft'

describe('a connector’s draft', () => {
  it('gives back what it was made of', () => {
    const given = {
      name: 'Billing',
      method: 'POST' as const,
      url: 'https://a.example/{{x}}',
      headers: [{ name: 'X-A', value: '1' }],
      query: [],
      body: {
        type: 'json' as const,
        fields: [{ name: 'a', value: '{{a}}', type: 'number' as const }],
      },
      authorization: { kind: 'basic' as const, username: 'u', password: { set: true as const } },
      signing: null,
      adaptor: null,
      triggers: [{ eventType: '*' }],
      response: { type: 'json' as const, key: 'id' },
      rules: [],
      policy: { timeout: '10s', retrySchedule: [], concurrency: 4 },
      active: false,
    }
    expect(documentOf(draftOf(given))).toEqual(given)
  })

  it('keeps a body that is the event itself', () => {
    expect(
      documentOf(draftOf({ name: 'a', method: 'POST', url: 'https://a.example', body: null })).body,
    ).toBeNull()
  })

  it('has no body where the method has none', () => {
    expect(
      documentOf({ ...blank, method: 'GET', fields: [{ name: 'a', value: 'b' }] }).body,
    ).toBeNull()
  })

  it('leaves out rows that were never filled', () => {
    const draft = tidied({
      ...blank,
      fields: [
        { name: '', value: '' },
        { name: 'a', value: '' },
      ],
    })
    expect(draft.fields).toEqual([{ name: 'a', value: '' }])
  })

  it('names the button for rows after the type', () => {
    expect(addDataLabel('json')).toBe('Add JSON data')
    expect(addDataLabel('xml')).toBe('Add XML data')
  })
})

describe('headers as one text', () => {
  it('are parted at pipes, but not at escaped ones', () => {
    expect(pastedHeaders('Content-length: 0|X-Path: a\\|b|Authorization: OAuth x')).toEqual([
      { name: 'Content-length', value: '0' },
      { name: 'X-Path', value: 'a|b' },
      { name: 'Authorization', value: 'OAuth x' },
    ])
  })

  it('are only read where every part is one', () => {
    expect(pastedHeaders('just text')).toBeNull()
  })

  it('says the row of the form, empty ones counted, for a row of the document', () => {
    const rows = [
      { name: '', value: '' },
      { name: 'X-A', value: '1' },
      { name: ' ', value: '' },
      { name: 'X-B', value: '{{b}}' },
    ]
    const draft = { ...blank, headers: rows, fields: rows, query: [] }
    expect(placeIn(draft, '/headers/0')).toBe('/headers/1')
    expect(placeIn(draft, '/headers/1/value')).toBe('/headers/3/value')
    expect(placeIn(draft, '/body/fields/1/name')).toBe('/body/fields/3/name')
    expect(placeIn(draft, '/headers/2')).toBe('/headers/2')
    expect(placeIn(draft, '/query/0')).toBe('/query/0')
    expect(placeIn(draft, '/url')).toBe('/url')
  })
})
