import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  startCompletion,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { lintKeymap, setDiagnostics } from '@codemirror/lint'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  lineNumbers,
  MatchDecorator,
  placeholder as placeholderText,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'
import css from './editor.module.css'
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
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--number)' },
  { tag: tags.invalid, color: 'inherit' },
])

function tokenMarks(missing: () => string[]): Extension {
  const matcher = new MatchDecorator({
    regexp: /\{\{[^{}]*\}\}/g,
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

/** The editor of templates and JSON. */
export default function Code(props: CodeProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(props)
  const variable = useRef(new Compartment())
  const single = (props.lines ?? 1) === 1

  useEffect(() => {
    latest.current = props
  })

  useEffect(() => {
    const made = new EditorView({
      parent: host.current!,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          history(),
          latest.current.known ? tokenMarks(() => latest.current.missing ?? []) : [],
          autocompletion({
            override: [complete(() => latest.current.known)],
            icons: false,
            activateOnTyping: true,
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
            ...completionKeymap,
            ...(single ? [] : closeBracketsKeymap),
            ...historyKeymap,
            ...lintKeymap,
            ...defaultKeymap.filter((k) => k.key !== 'Mod-Enter' && !(single && k.key === 'Enter')),
          ]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange?.(update.state.doc.toString())
          }),
          variable.current.of([]),
        ],
      }),
    })
    view.current = made
    return () => made.destroy()
  }, [single])

  const { value, error, label, placeholder, readOnly, id } = props

  useEffect(() => {
    view.current?.dispatch({
      effects: variable.current.reconfigure([
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-invalid': error ? 'true' : 'false',
          'aria-multiline': single ? 'false' : 'true',
          tabindex: '0',
          ...(id ? { id } : {}),
        }),
        placeholder ? placeholderText(placeholder) : [],
        readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : [],
      ]),
    })
  }, [label, error, placeholder, readOnly, id, single])

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== value) {
      editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } })
    }
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
