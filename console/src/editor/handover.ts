/** How a plain field was left, for the editor that takes its place. */
export interface Handover {
  text: string
  focused: boolean
  from: number
  to: number
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
