import { type RefObject } from 'react'
import type { Command } from '~/api/contract'
import css from './commands.module.css'

/** Where the tokens of a command go when they are chosen: the field that was last written in. */
export interface Place {
  /** What all fields stand in. */
  form: RefObject<HTMLDivElement | null>
  /** The field that was last written in. */
  last: RefObject<Element | null>
}

/** The tokens that a command has; each puts itself where the cursor was last, or into the URL. */
export function Chips({ command, place }: { command: Command; place: Place }) {
  if (command.inputs.length === 0) {
    return <p className="dim">This command has no inputs, and so no tokens of its own.</p>
  }
  return (
    <div className={css.chips} role="group" aria-label="Tokens of this command">
      <span className="dim">Tokens</span>
      {command.inputs.map((input) => (
        <button
          key={input.name}
          type="button"
          className={css.chip}
          title={`${input.description ?? input.type}. Put it where the cursor is.`}
          onClick={() => void insert(place, `{{${input.name}}}`)}
        >
          {`{{${input.name}}}`}
        </button>
      ))}
      <span className="dim">are case-sensitive</span>
    </div>
  )
}

/** Remembers the template field that has the cursor. */
export function remember(place: Place, target: EventTarget): void {
  const field = target instanceof Element ? target.closest('.cm-content') : null
  if (field) place.last.current = field
}

async function insert(place: Place, token: string): Promise<void> {
  const form = place.form.current
  const before = place.last.current
  const field =
    before && form?.contains(before) ? before : form?.querySelector('[data-url] .cm-content')
  if (!field) return
  const { EditorView } = await import('@codemirror/view')
  const view = EditorView.findFromDOM(field as HTMLElement)
  if (!view || view.state.readOnly) return
  view.dispatch(view.state.replaceSelection(token))
  view.focus()
}
