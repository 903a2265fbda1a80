import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  completionStatus,
  startCompletion,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintKeymap, setDiagnostics } from '@codemirror/lint'
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  hoverTooltip,
  keymap,
  lineNumbers,
  MatchDecorator,
  placeholder as placeholderText,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import css from './editor.module.css'
import { begun, Echoes, type Handover } from './handover'
import { filters, type Known, offsetOf, placeOf, wanted } from './tokens'

export interface CodeProps {
  value: string
  onChange?: (value: string) => void
  label: string
  error?: string
  /** What tokens can name here; without it there are no tokens. */
  known?: Known[]
  /** The tokens, as they are written, that found nothing. */
  missing?: string[]
  language?: 'json' | 'text'
  lines?: number
  placeholder?: string
  readOnly?: boolean
  id?: string
  autoFocus?: boolean
  /** What a token, as it is written, comes to. */
  told?: (token: string) => string | undefined
  /** How the plain field was left that stood here before. */
  handover?: RefObject<Handover | null>
  /** Told when completions are shown, and when no more. */
  onCompleting?: (completing: boolean) => void
}

/** A change that comes from the page, and not from who types. */
const outside = Annotation.define<boolean>()
const TOKEN = /\{\{[^{}]*\}\}/g

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--number)' },
  { tag: tags.invalid, color: 'inherit' },
])

function tokenMarks(missing: () => string[]): Extension {
  const matcher = new MatchDecorator({
    regexp: TOKEN,
    decoration: (match) =>
      Decoration.mark({ class: missing().includes(match[0]) ? css.missing : css.token }),
  })
  return ViewPlugin.fromClass(
    class {
      marks: DecorationSet
      constructor(view: EditorView) {
        this.marks = matcher.createDeco(view)
      }
      update(update: ViewUpdate) {
        this.marks = matcher.createDeco(update.view)
      }
    },
    { decorations: (plugin) => plugin.marks },
  )
}

/** On hover: what the token under the pointer comes to. */
function tokenTold(told: () => CodeProps['told']): Extension {
  return hoverTooltip((view, pos) => {
    const line = view.state.doc.lineAt(pos)
    const found = [...line.text.matchAll(TOKEN)].find(
      (m) => line.from + m.index <= pos && pos <= line.from + m.index + m[0].length,
    )
    const text = found && told()?.(found[0])
    if (!text) return null
    const from = line.from + found.index
    return {
      pos: from,
      end: from + found[0].length,
      create: () => {
        const dom = document.createElement('div')
        dom.className = css.told!
        dom.textContent = text
        return { dom }
      },
    }
  })
}

function complete(known: () => Known[] | undefined) {
  return (context: CompletionContext): CompletionResult | null => {
    const names = known()
    if (!names) return null
    const line = context.state.doc.lineAt(context.pos)
    const found = wanted(line.text.slice(0, context.pos - line.from))
    if (!found) return context.explicit ? all(names, context.pos) : null
    return {
      from: line.from + found.from,
      options: (found.kind === 'name' ? names : filters).map((k) =>
        option(k, found.kind === 'name'),
      ),
      validFor: /^[\w$.[\]"-]*$/,
    }
  }
}

function option(known: Known, closes: boolean): Completion {
  return {
    label: known.name,
    detail: known.detail,
    apply: (view, _, from, to) => {
      const after = view.state.sliceDoc(to, to + 2)
      const end = closes && after !== '}}' ? '}}' : ''
      const at = from + known.name.length + (closes ? 2 : 0)
      view.dispatch({ changes: { from, to, insert: known.name + end }, selection: { anchor: at } })
    },
  }
}

function all(names: Known[], at: number): CompletionResult {
  return { from: at, options: names.map((k) => ({ label: `{{${k.name}}}`, detail: k.detail })) }
}

/** What the plain field left, once, or else the value. */
function takeOver({ handover, value, autoFocus }: CodeProps): ReturnType<typeof begun> {
  const left = handover?.current
  if (handover) handover.current = null
  return left
    ? begun(left, value)
    : { text: value, focused: autoFocus ?? false, from: value.length, to: value.length }
}

/** The editor of templates and JSON. */
export default function Code(props: CodeProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(props)
  const variable = useRef(new Compartment())
  const echoes = useRef(new Echoes())
  const single = (props.lines ?? 1) === 1

  useLayoutEffect(() => {
    latest.current = props
  })

  // In the commit in which the plain field goes: there is no moment without a field.
  useLayoutEffect(() => {
    const { text, focused, from, to } = takeOver(latest.current)
    let completing = false
    const made = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: text,
        selection: { anchor: from, head: to },
        extensions: [
          history(),
          latest.current.known
            ? [tokenMarks(() => latest.current.missing ?? []), tokenTold(() => latest.current.told)]
            : [],
          autocompletion({
            override: [complete(() => latest.current.known)],
            icons: false,
            activateOnTyping: true,
            // They open after braces alone: who presses Enter then means them.
            interactionDelay: 0,
          }),
          single
            ? EditorState.transactionFilter.of((t) =>
                t.docChanged && t.newDoc.lines > 1
                  ? [t, { changes: joinLines(t.newDoc.toString()), sequential: true }]
                  : t,
              )
            : [closeBrackets(), lineNumbers(), EditorView.lineWrapping],
          latest.current.language === 'json' ? json() : [],
          syntaxHighlighting(colours),
          keymap.of([
            { key: 'Ctrl-Space', run: startCompletion },
            { key: 'Tab', run: acceptCompletion },
            ...completionKeymap,
            ...(single ? [] : closeBracketsKeymap),
            ...historyKeymap,
            ...lintKeymap,
            ...(single ? [{ key: 'Enter', run: submit }] : []),
            ...defaultKeymap.filter((k) => k.key !== 'Mod-Enter' && !(single && k.key === 'Enter')),
          ]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged && !update.transactions.some((t) => t.annotation(outside))) {
              const now = update.state.doc.toString()
              echoes.current.say(now)
              latest.current.onChange?.(now)
            }
            const shown = completionStatus(update.state) === 'active'
            if (shown !== completing) {
              completing = shown
              // Escape closes the completions then, and not the dialog around them.
              update.view.contentDOM.dataset.mantineStopPropagation = String(shown)
              latest.current.onCompleting?.(shown)
            }
          }),
          variable.current.of([]),
        ],
      }),
    })
    view.current = made
    if (text !== latest.current.value) {
      echoes.current.say(text)
      latest.current.onChange?.(text)
    }
    if (focused) made.focus()
    return () => made.destroy()
  }, [single])

  const { value, error, label, placeholder, readOnly, id, autoFocus } = props

  useLayoutEffect(() => {
    view.current?.dispatch({
      effects: variable.current.reconfigure([
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-invalid': error ? 'true' : 'false',
          'aria-multiline': single ? 'false' : 'true',
          tabindex: '0',
          ...(id ? { id } : {}),
          ...(autoFocus ? { 'data-autofocus': 'true' } : {}),
        }),
        placeholder ? placeholderText(placeholder) : [],
        readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : [],
      ]),
    })
  }, [label, error, placeholder, readOnly, id, autoFocus, single])

  const given = useRef(value)
  useEffect(() => {
    const editor = view.current
    if (!editor || value === given.current) return
    given.current = value
    if (echoes.current.hears(value) || editor.state.doc.toString() === value) return
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: value },
      annotations: outside.of(true),
    })
  }, [value])

  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const text = editor.state.doc.toString()
    const place = error ? placeOf(error) : null
    const from = place ? offsetOf(text, place) : 0
    editor.dispatch(
      setDiagnostics(
        editor.state,
        place && text
          ? [
              {
                from: Math.min(from, text.length - 1),
                to: end(text, from),
                severity: 'error',
                message: place.detail,
              },
            ]
          : [],
      ),
    )
  }, [error, value])

  const missing = props.missing?.join('\n')
  useEffect(() => {
    view.current?.dispatch({})
  }, [missing])

  return (
    <div
      ref={host}
      className={single ? css.single : css.several}
      data-error={error ? true : undefined}
      style={single ? undefined : { minHeight: (props.lines ?? 4) * 20 + 18 }}
    />
  )
}

/** Enter in one line sends the form, as it does in any other field. */
function submit(view: EditorView): boolean {
  if (completionStatus(view.state) === null) view.dom.closest('form')?.requestSubmit()
  return true
}

function joinLines(text: string) {
  const changes = []
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    changes.push({ from: at, to: at + 1, insert: ' ' })
  }
  return changes
}

/** To the end of the word or token that begins there. */
function end(text: string, from: number): number {
  const rest = text.slice(from)
  const length = /^\{\{[^\n]*?(\}\}|$)|^[\w$.]+|^./m.exec(rest)?.[0].length ?? 1
  return Math.min(Math.max(from + length, from + 1), text.length)
}
