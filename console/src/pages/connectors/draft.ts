import type { Connector } from '~/api/contract'

/** A row of a name and a value. */
export interface Row {
  name: string
  value: string
  type?: 'string' | 'number' | 'boolean' | 'json'
  filename?: string
  contentType?: string
}

export type BodyType = 'json' | 'form' | 'xml' | 'multipart' | 'raw' | 'none'

/** What the body is made of: the event as the hub writes it, its data, rows, a template, or nothing. */
export type BodyMode = 'event' | 'data' | 'fields' | 'template'

/** A secret as it is read (`set`), as it is typed, or none. */
export type Secret = string | { set: true } | null | undefined

/** A credential or signature as the API has it, with secrets as above. */
export type Proof = { kind: string } & Record<string, unknown>

export type Who = null | { id: string } | Proof

export interface Trigger {
  eventType: string
  filter?: unknown
  window?: {
    weekdays?: string[]
    from?: string
    to?: string
    zone?: string
    firstDate?: string
    lastDate?: string
    outside?: 'hold' | 'drop'
  }
  leastDelay?: string
  delayKey?: string
}

export interface Rule {
  name?: string
  /** Text where it is not an object yet. */
  when: Record<string, unknown> | string
  then: string
  delay?: unknown
  message?: string
}

/** A connector while it is edited: all of it, in the shape of the screen. */
export interface Draft {
  name: string
  method: string
  url: string
  headers: Row[]
  query: Row[]
  bodyType: BodyType
  bodyMode: BodyMode
  fields: Row[]
  template: string
  root: string
  item: string
  authorization: Who
  signing: Who
  adaptor: string | null
  triggers: Trigger[]
  response: {
    type: string
    delimiter?: string
    keyDelimiter?: string
    key?: string
    extract?: { name: string; path: string }[]
  }
  rules: Rule[]
  policy: { timeout: string; retrySchedule: string[]; concurrency: number }
  active: boolean
}

export const blank: Draft = {
  name: '',
  method: 'POST',
  url: '',
  headers: [],
  query: [],
  bodyType: 'json',
  bodyMode: 'fields',
  fields: [],
  template: '',
  root: '',
  item: '',
  authorization: null,
  signing: null,
  adaptor: null,
  triggers: [],
  response: { type: 'auto' },
  rules: [],
  policy: {
    timeout: '30s',
    retrySchedule: ['5s', '30s', '2m', '10m', '1h', '3h', '6h', '12h'],
    concurrency: 16,
  },
  active: true,
}

export function hasBody(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

/** Reads a connector, or an import's draft of one, which may lack what is the default. */
export function draftOf(given: Partial<Connector> & Record<string, unknown>): Draft {
  const body = given.body as
    | { type: BodyType; fields?: Row[]; template?: string; root?: string; item?: string }
    | null
    | undefined
  const method = given.method ?? 'POST'
  return {
    ...blank,
    name: given.name ?? '',
    method,
    url: given.url ?? '',
    headers: rows(given.headers),
    query: rows(given.query),
    bodyType: body?.type ?? (hasBody(method) ? 'json' : 'none'),
    bodyMode: !body
      ? 'event'
      : body.template !== undefined
        ? 'template'
        : body.fields
          ? 'fields'
          : 'data',
    fields: rows(body?.fields),
    template: body?.template ?? '',
    root: body?.root ?? '',
    item: body?.item ?? '',
    authorization: (given.authorization as Who | undefined) ?? null,
    signing: (given.signing as Who | undefined) ?? null,
    adaptor: given.adaptor ?? null,
    triggers: (given.triggers as Trigger[] | undefined) ?? [],
    response: { ...blank.response, ...(given.response as Draft['response'] | undefined) },
    rules: (given.rules as Rule[] | undefined) ?? [],
    policy: { ...blank.policy, ...(given.policy as Partial<Draft['policy']> | undefined) },
    active: given.active ?? true,
  }
}

function rows(given: unknown): Row[] {
  return Array.isArray(given) ? (given as Row[]).map((row) => ({ ...row })) : []
}

function filled(row: Row): boolean {
  return row.name.trim() !== '' || row.value !== ''
}

/** A place of the tidied document, counted with the rows that were never filled, as the form shows it. */
export function placeIn(draft: Draft, pointer: string): string {
  const lists = {
    '/headers/': draft.headers,
    '/query/': draft.query,
    '/body/fields/': draft.fields,
  }
  for (const [start, rows] of Object.entries(lists)) {
    const found = pointer.startsWith(start) && /^(\d+)(.*)$/.exec(pointer.slice(start.length))
    if (!found) continue
    const at = rows.flatMap((row, i) => (filled(row) ? [i] : []))[Number(found[1])]
    return at === undefined ? pointer : `${start}${at}${found[2] ?? ''}`
  }
  return pointer
}

/** Without the rows that were added and never filled. */
export function tidied(draft: Draft): Draft {
  return {
    ...draft,
    name: draft.name.trim(),
    url: draft.url.trim(),
    headers: draft.headers.filter(filled),
    query: draft.query.filter(filled),
    fields: draft.fields.filter(filled),
  }
}

/** The document that the API takes. */
export function documentOf(draft: Draft): Record<string, unknown> {
  return {
    name: draft.name,
    method: draft.method,
    url: draft.url,
    headers: draft.headers.map(({ name, value }) => ({ name: name.trim(), value })),
    query: draft.query.map(({ name, value }) => ({ name, value })),
    body: bodyOf(draft),
    authorization: draft.authorization,
    signing: draft.signing,
    adaptor: draft.adaptor,
    triggers: draft.triggers,
    response: responseOf(draft.response),
    rules: draft.rules,
    policy: draft.policy,
    active: draft.active,
  }
}

function bodyOf(draft: Draft): unknown {
  if (!hasBody(draft.method)) return null
  const type = draft.bodyType
  if (type === 'none') return { type }
  if (type === 'raw') return { type, template: draft.template }
  const names =
    type === 'xml' && draft.bodyMode !== 'template'
      ? { root: draft.root || undefined, item: draft.item || undefined }
      : {}
  switch (draft.bodyMode) {
    case 'event':
      return null
    case 'data':
      return { type, ...names }
    case 'template':
      return { type, template: draft.template }
    case 'fields':
      // Without rows there is nothing to make a body of but the data.
      return draft.fields.length === 0
        ? { type, ...names }
        : { type, ...names, fields: draft.fields.map((row) => fieldOf(row, type)) }
  }
}

function fieldOf(row: Row, type: BodyType): Row {
  const field: Row = { name: row.name.trim(), value: row.value }
  if (row.type) field.type = row.type
  if (type === 'multipart' && row.filename) field.filename = row.filename
  if (type === 'multipart' && row.contentType) field.contentType = row.contentType
  return field
}

function responseOf(response: Draft['response']): Draft['response'] {
  return Object.fromEntries(
    Object.entries(response).filter(
      ([, v]) => v !== '' && v !== undefined && !(Array.isArray(v) && !v.length),
    ),
  ) as unknown as Draft['response']
}

/** What the “+ Add … data” button is called for a type. */
export function addDataLabel(type: BodyType): string {
  switch (type) {
    case 'json':
      return 'Add JSON data'
    case 'form':
      return 'Add FORM data'
    case 'xml':
      return 'Add XML data'
    case 'multipart':
      return 'Add a part'
    case 'raw':
    case 'none':
      return 'Add data'
  }
}

/** Reads `Name: value|Name: value` as rows; a pipe in a value is written `\|`. */
export function pastedHeaders(text: string): Row[] | null {
  const parts = text
    .split(/(?<!\\)\||\r?\n/)
    .map((part) => part.replaceAll('\\|', '|').trim())
    .filter(Boolean)
  const rows = parts.map((part) => {
    const colon = part.indexOf(':')
    return colon < 1
      ? null
      : { name: part.slice(0, colon).trim(), value: part.slice(colon + 1).trim() }
  })
  return rows.length > 0 && rows.every((row) => row !== null) ? rows : null
}

/** Headers that the hub computes or that belong to the connection. */
const COMPUTED =
  /^(host|content-length|transfer-encoding|connection|keep-alive|proxy-connection|te|trailer|upgrade|expect)$/i

export function isComputed(name: string): boolean {
  return COMPUTED.test(name)
}
