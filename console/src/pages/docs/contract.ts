import given from 'virtual:contract'

export type Node = Record<string, unknown>

export interface Operation {
  id: string
  method: string
  path: string
  tag: string
  summary: string
  description: string
  roles: string[]
  open: boolean
  parameters: Parameter[]
  bodies: { type: string; schema: Node; examples: { name: string; value: unknown }[] }[]
  responses: { status: string; description: string; types: { type: string; schema: Node }[] }[]
}

export interface Parameter {
  name: string
  in: string
  required: boolean
  description: string
  schema: Node
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** What a reference means; anything else is itself. */
export function resolved(node: unknown): Node {
  let at = (node ?? {}) as Node
  for (let hops = 0; typeof at.$ref === 'string' && hops < 20; hops++) {
    const { $ref, ...own } = at
    const path = $ref.slice(2).split('/')
    const found = path.reduce<unknown>(
      (n, name) => (n as Node | undefined)?.[name.replaceAll('~1', '/').replaceAll('~0', '~')],
      given,
    )
    at = { ...(found as Node), ...own }
  }
  return at
}

/** The name of what a reference means. */
export function refName(node: unknown): string | null {
  const ref = (node as Node | undefined)?.$ref
  return typeof ref === 'string' ? ref.slice(ref.lastIndexOf('/') + 1) : null
}

const list = (node: unknown): unknown[] => (Array.isArray(node) ? node : [])
const text = (node: unknown): string => (typeof node === 'string' ? node : '')
const entries = (node: unknown): [string, Node][] =>
  Object.entries((node ?? {}) as Node) as [string, Node][]

function operationOf(path: string, method: string, all: Node, own: Node): Operation {
  const body = resolved(own.requestBody)
  return {
    id: text(own.operationId),
    method: method.toUpperCase(),
    path,
    tag: text(list(own.tags)[0]) || 'Other',
    summary: text(own.summary),
    description: text(own.description),
    roles: list(own['x-roles']).map(text),
    open: Array.isArray(own.security) && own.security.length === 0,
    parameters: [...list(all.parameters), ...list(own.parameters)].map((p) => {
      const found = resolved(p)
      return {
        name: text(found.name),
        in: text(found.in),
        required: found.required === true,
        description: text(found.description),
        schema: (found.schema ?? {}) as Node,
      }
    }),
    bodies: entries(body.content).map(([type, content]) => ({
      type,
      schema: (content.schema ?? {}) as Node,
      examples: [
        ...(content.example === undefined ? [] : [{ name: 'Example', value: content.example }]),
        ...entries(content.examples).map(([name, one]) => {
          const example = resolved(one)
          return { name: text(example.summary) || name, value: example.value }
        }),
      ],
    })),
    responses: entries(own.responses).map(([status, one]) => {
      const response = resolved(one)
      return {
        status,
        description: text(response.description),
        types: entries(response.content).map(([type, content]) => ({
          type,
          schema: (content.schema ?? {}) as Node,
        })),
      }
    }),
  }
}

/** Everything that the API does, in the contract’s order. */
export const operations: Operation[] = entries(given.paths).flatMap(([path, all]) =>
  METHODS.filter((m) => m in all).map((m) => operationOf(path, m, all, all[m] as Node)),
)

/** A type in words. */
export function typeOf(node: unknown): string {
  const schema = resolved(node)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return 'one of'
  const either = list(schema.oneOf ?? schema.anyOf)
  if (either.length > 0 && !schema.properties) {
    return [...new Set(either.map(typeOf))].join(' or ')
  }
  const types = (Array.isArray(schema.type) ? schema.type : [schema.type]).filter(Boolean)
  const words = types.map((t) =>
    t === 'array' ? `list of ${typeOf(schema.items)}` : t === 'integer' ? 'whole number' : text(t),
  )
  return words.join(' or ') || (schema.properties || schema.allOf ? 'object' : 'anything')
}

/** The members of an object, those of what it is made of too. */
export function membersOf(
  node: unknown,
  depth = 0,
): { name: string; schema: unknown; required: boolean }[] {
  if (depth > 6) return []
  const schema = resolved(node)
  const required = new Set(list(schema.required))
  const own = entries(schema.properties).map(([name, one]) => ({
    name,
    schema: one,
    required: required.has(name),
  }))
  const parts = [...list(schema.allOf), ...list(schema.oneOf)].flatMap((p) =>
    membersOf(p, depth + 1),
  )
  const items = schema.items ? membersOf(schema.items, depth + 1) : []
  const all = [...own, ...parts, ...items]
  return all.filter((m, i) => all.findIndex((o) => o.name === m.name) === i)
}

/** The bounds of a value in words. */
export function boundsOf(node: unknown): string[] {
  const s = resolved(node)
  const said: string[] = []
  if (Array.isArray(s.enum)) said.push(s.enum.map((v) => JSON.stringify(v)).join(', '))
  if (s.default !== undefined) said.push(`default ${JSON.stringify(s.default)}`)
  if (s.minimum !== undefined) said.push(`from ${JSON.stringify(s.minimum)}`)
  if (s.maximum !== undefined) said.push(`to ${JSON.stringify(s.maximum)}`)
  if (s.maxLength !== undefined) said.push(`at most ${JSON.stringify(s.maxLength)} characters`)
  if (s.maxItems !== undefined) said.push(`at most ${JSON.stringify(s.maxItems)} items`)
  if (typeof s.pattern === 'string' && s.pattern.length < 60) said.push(s.pattern)
  return said
}
