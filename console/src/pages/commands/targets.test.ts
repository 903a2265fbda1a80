import { describe, expect, it } from 'vitest'
import { documentTarget, newTarget, targetOf } from './targets'

describe('a command’s web request', () => {
  it('has no body unless one is typed', () => {
    const target = newTarget()
    expect(documentTarget(target)).toMatchObject({ method: 'GET', body: { type: 'none' } })
  })

  it('sends a raw body as it is typed', () => {
    const target = newTarget()
    if (target.kind !== 'own') throw new Error()
    target.draft = {
      ...target.draft,
      method: 'POST',
      template: 'key1=value1&key2={{InvoiceNumber}}',
    }
    expect(documentTarget(target).body).toEqual({
      type: 'raw',
      template: 'key1=value1&key2={{InvoiceNumber}}',
    })
  })

  it('gives back what it was made of', () => {
    const given = {
      name: 'Archive',
      method: 'GET',
      url: 'https://a.example/{{InvoiceNumber}}.pdf',
      headers: [],
      query: [],
      body: { type: 'none' },
      authorization: { kind: 'bearer', token: { set: true } },
      signing: null,
      adaptor: null,
      response: { type: 'auto' },
      rules: [],
      policy: { timeout: '5s' },
      notFound: [{ status: 404 }],
    }
    expect(documentTarget(targetOf(given))).toEqual(given)
    const shared = { connector: 'con_1', notFound: [{ status: 404 }] }
    expect(documentTarget(targetOf(shared))).toEqual(shared)
  })
})
