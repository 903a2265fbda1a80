import type { Connector } from './contract'

/** The kinds of body, in the words of the table. */
export function typeOf(connector: Pick<Connector, 'body' | 'method'>): string {
  const type = connector.body?.type
  if (!type) return ['POST', 'PUT', 'PATCH'].includes(connector.method) ? 'JSON' : '–'
  return { json: 'JSON', form: 'FORM', xml: 'XML', multipart: 'MULTIPART', raw: 'RAW', none: '–' }[
    type
  ]
}

/** What stands in the place of a text that somebody without the right to payloads must not see. */
export const HIDDEN = '(hidden)'
