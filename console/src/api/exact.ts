/** A number that JavaScript would write in another way, such as `1.50`, letter by letter. */
export class Digits {
  constructor(readonly text: string) {}

  /** Without `write` it is at least another value when its digits are others. */
  toJSON(): string {
    return this.text
  }
}

const PARTS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** Reads JSON, and keeps the digits of its numbers. Throws what `JSON.parse` throws. */
export function parse(text: string): unknown {
  JSON.parse(text)
  const parts = text.match(PARTS) ?? []
  let at = 0

  function value(): unknown {
    const part = parts[at++]!
    if (part === '{') return members()
    if (part === '[') return elements()
    if (/^[-\d]/.test(part) && String(Number(part)) !== part) return new Digits(part)
    return JSON.parse(part)
  }

  function members(): unknown {
    const all: [string, unknown][] = []
    while (parts[at] !== '}') {
      const name = JSON.parse(parts[at]!) as string
      at += 2
      all.push([name, value()])
      if (parts[at] === ',') at += 1
    }
    at += 1
    return Object.fromEntries(all)
  }

  function elements(): unknown[] {
    const all: unknown[] = []
    while (parts[at] !== ']') {
      all.push(value())
      if (parts[at] === ',') at += 1
    }
    at += 1
    return all
  }

  return value()
}

/** Writes JSON, with the digits of numbers as they were read. */
export function write(value: unknown): string {
  if (value instanceof Digits) return value.text
  if (Array.isArray(value))
    return `[${value.map((v) => (v === undefined ? 'null' : write(v))).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, v]) => v !== undefined)
    return `{${members.map(([name, v]) => `${JSON.stringify(name)}:${write(v)}`).join(',')}}`
  }
  return JSON.stringify(value)
}
