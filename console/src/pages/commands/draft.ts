import type { Binding, Command } from '~/api/contract'
import {
  blank,
  documentOf,
  type Draft,
  draftOf,
  hasBody,
  type Row,
  type Rule,
  tidied,
} from '~/pages/connectors/draft'
import { withoutSecrets } from '~/pages/connectors/kept'

/** Which answers say that there is no such thing. */
export type Conditions = Record<string, unknown>[]

/** Whom a command asks: a request of its own, or a connector. */
export type Target = { key: number; notFound: Conditions } & (
  { kind: 'own'; draft: Draft } | { kind: 'shared'; connector: string }
)

/** A binding while it is edited, in the shape of the screen. */
export interface BindingDraft {
  active: boolean
  targets: Target[]
  deadline: string
  keepDocuments: boolean
}

export const MOST_TARGETS = 5

/** What a 404 says, unless it is said otherwise. */
const USUAL: Conditions = [{ status: 404 }]

/** A request that says nothing yet. */
export function newTarget(method: string, key = Date.now()): Target {
  const draft: Draft = { ...blank, name: '', method, bodyType: 'raw', bodyMode: 'template' }
  return { key, kind: 'own', draft, notFound: USUAL }
}

export function sharedTarget(connector: string): Target {
  return { key: Date.now(), kind: 'shared', connector, notFound: USUAL }
}

type Given = Binding['targets'][number]

function targetOf(given: Given, key: number): Target {
  const notFound = (given.notFound ?? USUAL) as Conditions
  if ('connector' in given) return { key, kind: 'shared', connector: given.connector, notFound }
  const draft = draftOf(given as Record<string, unknown>)
  const none = draft.bodyType === 'none'
  return {
    key,
    kind: 'own',
    draft: none ? { ...draft, bodyType: 'raw', bodyMode: 'template' } : draft,
    notFound,
  }
}

/** Reads a binding; where there is none, one with an empty request. */
export function bindingDraftOf(binding: Binding | null): BindingDraft {
  return {
    active: binding?.active ?? true,
    targets: binding ? binding.targets.map(targetOf) : [newTarget('GET', 0)],
    deadline: binding?.deadline ?? '',
    keepDocuments: binding?.keepDocuments ?? false,
  }
}

/** The document that the API takes. */
export function bindingDocument(draft: BindingDraft): Record<string, unknown> {
  return {
    active: draft.active,
    targets: named(draft.targets).map(targetDocument),
    deadline: draft.deadline.trim() || null,
    keepDocuments: draft.keepDocuments,
  }
}

/**
 * The hub names a target without a name by its place. One that was moved may bear the name of another
 * place, so that a new one there needs a name that is free.
 */
function named(targets: Target[]): Target[] {
  const nameAt = (n: number) => `Target ${n + 1}`
  const taken = new Set(targets.map((t) => (t.kind === 'own' ? t.draft.name.trim() : '')))
  return targets.map((target, i) => {
    if (target.kind !== 'own' || target.draft.name.trim() || !taken.has(nameAt(i))) return target
    const free = targets.map((_, n) => nameAt(n)).find((name) => !taken.has(name)) ?? nameAt(i)
    taken.add(free)
    return { ...target, draft: { ...target.draft, name: free } }
  })
}

function targetDocument(target: Target): Record<string, unknown> {
  if (target.kind === 'shared') return { connector: target.connector, notFound: target.notFound }
  const { name, triggers, active, policy, body, ...rest } = documentOf(target.draft)
  void triggers
  void active
  return {
    ...(name ? { name } : {}),
    ...rest,
    body: hasNothing(target.draft) ? { type: 'none' } : body,
    policy: { timeout: (policy as Draft['policy']).timeout },
    notFound: target.notFound,
  }
}

/** Whether nothing is to be sent as a body. */
function hasNothing(draft: Draft): boolean {
  const empty =
    draft.bodyType === 'raw' || draft.bodyMode === 'template'
      ? draft.template === ''
      : draft.bodyMode === 'fields' && draft.fields.length === 0
  return !hasBody(draft.method) || draft.bodyType === 'none' || empty
}

export function tidiedBinding(draft: BindingDraft): BindingDraft {
  return {
    ...draft,
    targets: draft.targets.map((t) => (t.kind === 'own' ? { ...t, draft: tidied(t.draft) } : t)),
  }
}

/** Without secrets, to be kept in the browser. */
export function bareBinding(draft: BindingDraft): BindingDraft {
  return {
    ...draft,
    targets: draft.targets.map((t) =>
      t.kind === 'own'
        ? {
            ...t,
            draft: {
              ...t.draft,
              authorization: withoutSecrets(t.draft.authorization),
              signing: withoutSecrets(t.draft.signing),
            },
          }
        : t,
    ),
  }
}

/** The same list with one thing at another place. */
export function moved<T>(all: T[], from: number, to: number): T[] {
  const next = [...all]
  const [one] = next.splice(from, 1)
  next.splice(to, 0, one!)
  return next
}

export type { Row, Rule }

/** A definition while it is edited. */
export interface CommandDraft {
  name: string
  sentence: string
  inputs: InputDraft[]
  answer: {
    type: 'document' | 'json' | 'nothing'
    contentTypes: string[]
    /** In MiB. */
    most: number
    held: 'any' | 'fields' | 'schema'
    fields: FieldDraft[]
    schema: string
  }
  deadline: string
  tenants: string[]
}

export type InputType = 'text' | 'number' | 'boolean' | 'date'

export interface InputDraft {
  name: string
  type: InputType
  required: boolean
  description: string
  /** As it is typed. */
  example: string
}

export interface FieldDraft {
  name: string
  type: InputType | ''
  required: boolean
}

const MIB = 1024 * 1024

interface Answer {
  type: CommandDraft['answer']['type']
  contentTypes?: string[]
  mostBytes?: number
  schema?: unknown
  fields?: { name: string; type?: InputType; required?: boolean }[]
}

export function commandDraftOf(command: Command | null): CommandDraft {
  const answer = command?.answer as Answer | undefined
  return {
    name: command?.name ?? '',
    sentence: command?.sentence ?? '',
    inputs: (command?.inputs ?? []).map((input) => ({
      name: input.name,
      type: input.type ?? 'text',
      required: input.required ?? true,
      description: input.description ?? '',
      example: exampleText(input.example),
    })),
    answer: {
      type: answer?.type ?? 'document',
      contentTypes: answer?.contentTypes ?? ['application/pdf'],
      most: (answer?.mostBytes ?? 25 * MIB) / MIB,
      held: answer?.fields ? 'fields' : answer?.schema !== undefined ? 'schema' : 'any',
      fields: (answer?.fields ?? []).map((f) => ({
        name: f.name,
        type: f.type ?? '',
        required: f.required ?? true,
      })),
      schema: JSON.stringify(answer?.schema ?? { type: 'object' }, null, 2),
    },
    deadline: command?.deadline ?? '30s',
    tenants: command?.tenants ?? [],
  }
}

/** An example as it is typed into a field. */
export function exampleText(example: unknown): string {
  return example === undefined || example === null
    ? ''
    : typeof example === 'string'
      ? example
      : JSON.stringify(example)
}

export function commandDocument(draft: CommandDraft): Record<string, unknown> {
  return {
    name: draft.name,
    sentence: draft.sentence,
    inputs: draft.inputs.map((input) => ({
      name: input.name,
      type: input.type,
      required: input.required,
      ...(input.description ? { description: input.description } : {}),
      ...(input.example ? { example: valueOf(input.type, input.example) } : {}),
    })),
    answer: answerDocument(draft.answer),
    deadline: draft.deadline,
    tenants: draft.tenants.length ? draft.tenants : null,
  }
}

function answerDocument(answer: CommandDraft['answer']): Record<string, unknown> {
  switch (answer.type) {
    case 'document':
      return {
        type: 'document',
        contentTypes: answer.contentTypes,
        mostBytes: Math.round(answer.most * MIB),
      }
    case 'json':
      return answer.held === 'fields'
        ? {
            type: 'json',
            fields: answer.fields.map(({ name, type, required }) => ({
              name,
              ...(type ? { type } : {}),
              required,
            })),
          }
        : answer.held === 'schema'
          ? { type: 'json', schema: parsed(answer.schema) }
          : { type: 'json' }
    case 'nothing':
      return { type: 'nothing' }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** What was typed, as a value of a type; what is none stays a text, for the hub to tell. */
export function valueOf(type: InputType, typed: string): unknown {
  if (type === 'boolean') return typed === 'true' ? true : typed === 'false' ? false : typed
  if (type === 'number')
    return typed.trim() && Number.isFinite(Number(typed)) ? Number(typed) : typed
  return typed
}

export function tidiedCommand(draft: CommandDraft): CommandDraft {
  return {
    ...draft,
    name: draft.name.trim(),
    sentence: draft.sentence.trim(),
    deadline: draft.deadline.trim(),
    inputs: draft.inputs.filter((i) => i.name.trim() || i.description || i.example),
    answer: { ...draft.answer, fields: draft.answer.fields.filter((f) => f.name.trim()) },
  }
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/

/** Inputs as JSON text, in which a number keeps its digits; what is empty is left out. */
export function inputsJson(inputs: Command['inputs'], typed: Record<string, string>): string {
  const members = inputs.flatMap(({ name, type }) => {
    const text = typed[name] ?? ''
    if (text === '') return []
    const plain =
      (type === 'number' && NUMBER.test(text)) ||
      (type === 'boolean' && (text === 'true' || text === 'false'))
    return [`${JSON.stringify(name)}:${plain ? text : JSON.stringify(text)}`]
  })
  return `{${members.join(',')}}`
}

/** What a form of inputs begins with. */
export function examplesOf(inputs: Command['inputs']): Record<string, string> {
  return Object.fromEntries(inputs.map((i) => [i.name, exampleText(i.example)]))
}

/** What a command brings, in a few words. */
export function bringsOf(answer: Command['answer']): string {
  const given = answer as Answer
  switch (given.type) {
    case 'document':
      return (given.contentTypes ?? []).map(typeWord).join(' or ')
    case 'json':
      return 'JSON'
    case 'nothing':
      return 'That it worked'
  }
}

function typeWord(type: string): string {
  const known: Record<string, string> = {
    'application/pdf': 'PDF',
    'image/*': 'image',
    'text/html': 'HTML',
    'text/csv': 'CSV',
    'text/plain': 'text',
    'application/zip': 'ZIP',
  }
  return known[type] ?? type.replace(/^[^/]*\//, '').toUpperCase()
}
