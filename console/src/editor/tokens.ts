/** Something that a token can name. */
export interface Known {
  name: string
  detail: string
}

/** What the hub itself knows of an event, a connector and a moment. */
export const systemTokens: Known[] = [
  { name: '$event.id', detail: 'the event’s id' },
  { name: '$event.type', detail: 'the event’s type' },
  { name: '$event.time', detail: 'when it happened' },
  { name: '$tenant.id', detail: 'the tenant' },
  { name: '$connector.name', detail: 'this connector’s name' },
  { name: '$attempt', detail: 'the attempt’s number' },
  { name: '$now', detail: 'the attempt’s time' },
  { name: '$uuid', detail: 'one for each delivery' },
]

export const filters: Known[] = [
  { name: 'upper', detail: 'in capitals' },
  { name: 'lower', detail: 'in small letters' },
  { name: 'trim', detail: 'without space around' },
  { name: 'substring:0,10', detail: 'START or START,LENGTH' },
  { name: 'replace:"-",""', detail: '"OLD","NEW"' },
  { name: 'mask', detail: 'stars, or mask:SHOWN' },
  { name: 'default:"x"', detail: 'where there is none' },
  { name: 'number:"0.00"', detail: 'a number’s format' },
  { name: 'round:2', detail: 'DECIMALS' },
  { name: 'date:"yyyy-MM-dd"', detail: '"FORMAT","ZONE"' },
  { name: 'toUtc', detail: 'a time in UTC' },
  { name: 'age', detail: 'years until today' },
  { name: 'join:", "', detail: 'a list as text' },
  { name: 'first', detail: 'of a list' },
  { name: 'last', detail: 'of a list' },
  { name: 'size', detail: 'of a list or text' },
  { name: 'json', detail: 'as JSON text' },
  { name: 'urlEncode', detail: 'percent-encoded' },
  { name: 'base64', detail: 'Base64' },
  { name: 'sha256', detail: 'its hash' },
]

/** Where a server's sentence says that something stands. */
export interface Place {
  line: number
  column: number
  detail: string
}

const PLACE = /^Line (\d+), column (\d+): /

export function placeOf(sentence: string): Place {
  const found = PLACE.exec(sentence)
  return found
    ? { line: Number(found[1]), column: Number(found[2]), detail: sentence.slice(found[0].length) }
    : { line: 1, column: 1, detail: sentence }
}

/** Where in a text a place is; its first character where the place is beyond it. */
export function offsetOf(text: string, place: Place): number {
  const lines = text.split('\n')
  if (place.line > lines.length) return text.length
  const before = lines.slice(0, place.line - 1).reduce((sum, line) => sum + line.length + 1, 0)
  return Math.min(before + place.column - 1, text.length)
}

/** What stands before the cursor in a token: the start of a name, or of a filter after `|`. */
export function wanted(before: string): { kind: 'name' | 'filter'; from: number } | null {
  const open = before.lastIndexOf('{{')
  if (open < 0 || before.indexOf('}}', open) >= 0) return null
  const inside = before.slice(open + 2)
  const pipe = inside.lastIndexOf('|')
  const part = pipe < 0 ? inside : inside.slice(pipe + 1)
  const space = /^\s*/.exec(part)![0].length
  return { kind: pipe < 0 ? 'name' : 'filter', from: before.length - part.length + space }
}
