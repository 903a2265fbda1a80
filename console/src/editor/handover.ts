/** How a plain field was left, for the editor that takes its place. */
export interface Handover {
  text: string
  /** What the page had last given it to show. */
  shown: string
  focused: boolean
  from: number
  to: number
}

/**
 * How the editor begins. What was typed in the plain field goes first; where nothing was, it is what
 * the page gives now, which may have come in the very moment of the change.
 */
export function begun(left: Handover, value: string): Omit<Handover, 'shown'> {
  const { text, shown, focused, from, to } = left
  // A textarea has line feeds alone.
  const isTyped = text !== shown.replace(/\r\n?/g, '\n')
  const start = isTyped ? text : value
  return {
    text: start,
    focused,
    from: Math.min(from, start.length),
    to: Math.min(to, start.length),
  }
}

/**
 * Tells what comes from outside from what comes back: a screen that is slow shows an editor what was
 * typed a moment ago, and must not undo what has been typed since.
 */
export class Echoes {
  private sent: string[] = []

  /** The editor says that this is its text now. */
  say(text: string): void {
    this.sent.push(text)
    if (this.sent.length > 1000) this.sent.shift()
  }

  /** Whether a text that arrives is what the editor has said itself, now or earlier. */
  hears(text: string): boolean {
    const at = this.sent.lastIndexOf(text)
    if (at < 0) {
      this.sent = []
      return false
    }
    this.sent = this.sent.slice(at + 1)
    return true
  }
}
