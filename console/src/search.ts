/** What stands in the query of each page's address; what is not understood there is left out. */
type Given = Record<string, unknown>

function text(given: Given, name: string): string | undefined {
  const value = given[name]
  return typeof value === 'string' && value
    ? value
    : typeof value === 'number'
      ? String(value)
      : undefined
}

function limit(given: Given): number | undefined {
  const value = Number(given.limit)
  return [10, 25, 50, 100].includes(value) ? value : undefined
}

/** Without what is not there, and so not in the address. */
function some<T extends object>(all: T): { [K in keyof T]?: T[K] } {
  return Object.fromEntries(Object.entries(all).filter(([, v]) => v !== undefined)) as T
}

/** What may stand in the address of every page. */
export function everywhere(given: Given) {
  const page = Number(given.page)
  return some({
    /** Whose connectors these are, for those who have a choice. */
    tenant: text(given, 'tenant'),
    /** Where a walk through a list is, and when the range of time began that it walks through. */
    cursor: text(given, 'cursor'),
    page: Number.isInteger(page) && page > 1 ? page : undefined,
    since: text(given, 'since'),
  })
}

export function signIn(given: Given) {
  return some({ to: text(given, 'to') })
}

export function setUp(given: Given) {
  return some({ token: text(given, 'token') })
}

export function connectors(given: Given) {
  return some({
    q: text(given, 'q'),
    state: text(given, 'state'),
    method: text(given, 'method'),
    sort: text(given, 'sort'),
    limit: limit(given),
    /** The connector that is open in the quick editor, or `new`. */
    edit: text(given, 'edit'),
  })
}

export function connector(given: Given) {
  return some({
    tab: text(given, 'tab'),
    /** How a new one begins. */
    from: text(given, 'from'),
    /** Which one a new one is a copy of. */
    copy: text(given, 'copy'),
    attempt: text(given, 'attempt'),
    state: text(given, 'state'),
    range: text(given, 'range'),
    q: text(given, 'q'),
    limit: limit(given),
  })
}

export function deliveries(given: Given) {
  return some({
    connector: text(given, 'connector'),
    event: text(given, 'event'),
    /** One state, or `open` for all that have not ended. */
    state: text(given, 'state'),
    range: text(given, 'range'),
    /** From when to when they were made, where it is no range up to now. */
    from: text(given, 'from'),
    to: text(given, 'to'),
    type: text(given, 'type'),
    error: text(given, 'error'),
    test: text(given, 'test') ?? (typeof given.test === 'boolean' ? String(given.test) : undefined),
    /** Only those that were repeated. */
    repeated: given.repeated === true ? true : undefined,
    q: text(given, 'q'),
    limit: limit(given),
  })
}

export function delivery(given: Given) {
  return some({ attempt: text(given, 'attempt') })
}

export function events(given: Given) {
  return some({
    key: text(given, 'key'),
    clientId: text(given, 'clientId'),
    type: text(given, 'type'),
    range: text(given, 'range'),
    limit: limit(given),
    send: text(given, 'send'),
  })
}

export function search(given: Given) {
  return some({
    q: text(given, 'q'),
    /** `data` where events’ data is looked through too. */
    in: given.in === 'data' ? 'data' : undefined,
    from: text(given, 'from'),
    to: text(given, 'to'),
  })
}

export function overview(given: Given) {
  return some({ range: text(given, 'range') })
}

export function settings(given: Given) {
  return some({
    part: text(given, 'part'),
    /** Of the audit log: what was changed, and when. */
    subject: text(given, 'subject'),
    range: text(given, 'range'),
    limit: limit(given),
  })
}

export function commands(given: Given) {
  return some({ q: text(given, 'q'), limit: limit(given) })
}

export function command(given: Given) {
  return some({
    tab: text(given, 'tab'),
    outcome: text(given, 'outcome'),
    range: text(given, 'range'),
    limit: limit(given),
  })
}

export function runs(given: Given) {
  return some({
    command: text(given, 'command'),
    outcome: text(given, 'outcome'),
    range: text(given, 'range'),
    limit: limit(given),
  })
}

export function docs(given: Given) {
  return some({ op: text(given, 'op'), q: text(given, 'q') })
}
