/** A text with a story: the value that a token came to. */
export interface Mark {
  text: string
  title: string
  /** Lights up, with the same story elsewhere. */
  lit?: boolean
  onLit?: (lit: boolean) => void
}

export interface Span {
  from: number
  to: number
  mark: Mark
}

/** Where marks stand in a text, each behind the one before it, as their tokens stand in a template. */
export function spansOf(text: string, marks: Mark[]): Span[] {
  const spans: Span[] = []
  let at = 0
  for (const mark of marks) {
    const from = placeOf(text, mark.text, at)
    if (from < 0) continue
    at = from + mark.text.length
    spans.push({ from, to: at, mark })
  }
  return spans
}

/** As a word of its own, or else wherever it is: a `1` is not the one in `a1`. */
function placeOf(text: string, wanted: string, start: number): number {
  if (!wanted) return -1
  for (let at = text.indexOf(wanted, start); at >= 0; at = text.indexOf(wanted, at + 1)) {
    if (!joins(text, at) && !joins(text, at + wanted.length)) return at
  }
  return text.indexOf(wanted, start)
}

/** Whether a word goes on over a place. */
function joins(text: string, at: number): boolean {
  return /^\w\w$/.test(text.slice(at - 1, at + 1))
}

interface Token {
  token: string
  pointer: string
  place: string
  source: string
  value: string | null
}

/** What the tokens of a request came to, by the part of it that they stand in. */
export function marksOf(
  tokens: Token[],
  lit?: number,
  onLit?: (token: number | undefined) => void,
): { url: Mark[]; body: Mark[]; header: (name: string) => Mark[] } {
  const all = tokens.flatMap((t, i) =>
    t.value === null || t.value === ''
      ? []
      : [
          {
            ...t,
            text: t.value,
            title: `${t.token} — ${t.source}`,
            lit: lit === i,
            onLit: onLit && ((on: boolean) => onLit(on ? i : undefined)),
          },
        ],
  )
  return {
    url: all.filter((t) => /(^|\/)(url$|query\/)/.test(t.pointer)),
    body: all.filter((t) => /(^|\/)body(\/|$)/.test(t.pointer)),
    header: (name) => all.filter((t) => t.place.toLowerCase() === `header ${name.toLowerCase()}`),
  }
}
