import { type Draft, documentOf, draftOf, tidied } from '~/pages/connectors/draft'

/** Where a command asks, while that is edited: a connector, or a web request of its own. */
export type Target =
  | { kind: 'shared'; connector: string; notFound: unknown }
  | { kind: 'own'; draft: Draft; timeout: string; notFound: unknown }

export function newTarget(): Target {
  return {
    kind: 'own',
    draft: { ...draftOf({ method: 'GET' }), bodyType: 'raw', bodyMode: 'template' },
    timeout: '',
    notFound: undefined,
  }
}

/** Reads a target as the API has it. */
export function targetOf(given: Record<string, unknown>): Target {
  if (typeof given.connector === 'string') {
    return { kind: 'shared', connector: given.connector, notFound: given.notFound }
  }
  const draft = draftOf(given)
  const none = !given.body || (given.body as { type: string }).type === 'none'
  return {
    kind: 'own',
    draft: none ? { ...draft, bodyType: 'raw', bodyMode: 'template', template: '' } : draft,
    timeout: (given.policy as { timeout?: string } | undefined)?.timeout ?? '',
    notFound: given.notFound,
  }
}

/** The target as the API takes it. */
export function documentTarget(target: Target): Record<string, unknown> {
  const notFound = target.notFound === undefined ? {} : { notFound: target.notFound }
  if (target.kind === 'shared') return { connector: target.connector, ...notFound }
  const clean = tidied(target.draft)
  const document = documentOf(clean)
  delete document.triggers
  delete document.active
  const empty = clean.bodyType === 'raw' && clean.template === ''
  return {
    ...document,
    name: clean.name || undefined,
    body: document.body === null || empty ? { type: 'none' } : document.body,
    policy: target.timeout ? { timeout: target.timeout } : undefined,
    ...notFound,
  }
}
