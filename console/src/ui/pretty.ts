/** What a text is, by what its headers say and how it begins. */
export function kindOf(
  text: string,
  contentType: string | undefined,
): 'json' | 'xml' | 'form' | 'text' {
  const type = contentType?.toLowerCase() ?? ''
  if (type.includes('json') || (!type && /^\s*[[{]/.test(text))) return 'json'
  if (type.includes('xml') || type.includes('html')) return 'xml'
  if (type.includes('x-www-form-urlencoded')) return 'form'
  return 'text'
}

/** The same text with line breaks where a reader wants them; its values stay letter by letter as they were. */
export function pretty(text: string, contentType: string | undefined): string {
  switch (kindOf(text, contentType)) {
    case 'json':
      return prettyJson(text) ?? text
    case 'xml':
      return prettyXml(text)
    case 'form':
      return text.split('&').join('\n&')
    case 'text':
      return text
  }
}

/** JSON with indents, without reading its numbers: `1.10` stays `1.10`. Null when it is no JSON. */
export function prettyJson(text: string): string | null {
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  const parts = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []
  let depth = 0
  let out = ''
  const line = () => '\n' + '  '.repeat(depth)
  parts.forEach((part, i) => {
    switch (part) {
      case '{':
      case '[': {
        const closes = parts[i + 1] === (part === '{' ? '}' : ']')
        depth += 1
        out += closes ? part : part + line()
        break
      }
      case '}':
      case ']': {
        const empty = parts[i - 1] === (part === '}' ? '{' : '[')
        depth -= 1
        out += empty ? part : line() + part
        break
      }
      case ',':
        out += ',' + line()
        break
      case ':':
        out += ': '
        break
      default:
        out += part
    }
  })
  return out
}

function prettyXml(text: string): string {
  if (/\n\s*</.test(text)) return text
  let depth = 0
  return text
    .replace(/>\s*</g, '>\n<')
    .split('\n')
    .map((line) => {
      if (/^<\//.test(line)) depth = Math.max(0, depth - 1)
      const shown = '  '.repeat(depth) + line
      if (/^<[^!?/][^>]*[^/]?>$/.test(line) && !/\/>$/.test(line) && !/<\//.test(line)) depth += 1
      return shown
    })
    .join('\n')
}

interface Sent {
  method: string
  url: string
  headers: { name: string; value: string }[]
  body: string | null
}

/** A request as a command for a terminal; what curl makes itself is left out. */
export function asCurl(request: Sent): string {
  const own = /^(host|content-length|user-agent|accept-encoding|connection)$/i
  const lines = [
    `curl ${request.method === 'GET' ? '' : `-X ${request.method} `}${quoted(request.url)}`,
    ...request.headers
      .filter((h) => !own.test(h.name))
      .map((h) => `-H ${quoted(`${h.name}: ${h.value}`)}`),
    ...(request.body ? [`--data-raw ${quoted(request.body)}`] : []),
  ]
  return lines.join(' \\\n  ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** The text of a member of a JSON object, letter by letter; null when it is not there, or null. */
export function member(text: string, name: string): string | null {
  const parts = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g
  let depth = 0
  let match: RegExpExecArray | null
  while ((match = parts.exec(text))) {
    const part = match[0]
    if (part === '{' || part === '[') depth += 1
    else if (part === '}' || part === ']') depth -= 1
    else if (
      depth === 1 &&
      part === JSON.stringify(name) &&
      /^\s*:/.test(text.slice(parts.lastIndex))
    ) {
      const from = text.indexOf(':', parts.lastIndex) + 1
      const value = text.slice(from, valueEnd(text, from)).trim()
      return value === 'null' ? null : value
    }
  }
  return null
}

function valueEnd(text: string, from: number): number {
  const parts = /"(?:[^"\\]|\\.)*"|[{}[\],]/g
  parts.lastIndex = from
  let depth = 0
  let match: RegExpExecArray | null
  while ((match = parts.exec(text))) {
    if ((match[0] === ',' || match[0] === '}' || match[0] === ']') && depth === 0)
      return match.index
    if (match[0] === '{' || match[0] === '[') depth += 1
    if (match[0] === '}' || match[0] === ']') depth -= 1
  }
  return text.length
}
