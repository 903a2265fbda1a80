import { Button, NativeSelect, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { CodeField } from '~/editor/code'
import { Notice, Section } from '~/ui/page'
import { Rows } from '~/ui/rows'
import {
  addDataLabel,
  type BodyMode,
  type BodyType,
  hasBody,
  isComputed,
  pastedHeaders,
} from '../draft'
import type { TabProps } from '../editor'
import { missingAt, toldAt } from '../preview'
import css from './tabs.module.css'

const TYPES: { value: BodyType; label: string }[] = [
  { value: 'json', label: 'JSON' },
  { value: 'form', label: 'FORM' },
  { value: 'xml', label: 'XML' },
  { value: 'multipart', label: 'Form with files' },
  { value: 'raw', label: 'RAW' },
  { value: 'none', label: 'No body' },
]

/** Query, headers and body. */
export function RequestTab({ draft, set, error, preview, known, locked }: TabProps) {
  return (
    <>
      <Section title="Query" about="Added to the URL, each value encoded.">
        <Rows
          noun="Parameter"
          add="Add parameter"
          rows={draft.query}
          known={known}
          missing={(i) => missingAt(preview, `/query/${i}/value`)}
          told={(i) => toldAt(preview, `/query/${i}/value`)}
          disabled={locked}
          error={(i, part) => error(`/query/${i}/${part}`)}
          onChange={(query) => set({ query })}
        />
      </Section>
      <Section
        title="Headers"
        about="What the hub computes itself, such as Content-Length, is not for you to set."
      >
        <Rows
          noun="Header"
          add="Add header"
          nameTitle="Header Key"
          valueTitle="Header Value"
          rows={draft.headers}
          known={known}
          missing={(i) => missingAt(preview, `/headers/${i}/value`)}
          told={(i) => toldAt(preview, `/headers/${i}/value`)}
          disabled={locked}
          error={(i, part) => error(`/headers/${i}/${part}`)}
          onChange={(headers) => set({ headers })}
        />
        {!locked && <Pasted onHeaders={(rows) => set({ headers: [...draft.headers, ...rows] })} />}
      </Section>
      <Section title="Body" about="What is sent with the request.">
        {hasBody(draft.method) ? (
          <BodyFields {...{ draft, set, error, preview, known, locked }} />
        ) : (
          <p className="dim">{draft.method} sends no body.</p>
        )}
      </Section>
    </>
  )
}

/** “Authorization Header”: many headers as one text. */
function Pasted({ onHeaders }: { onHeaders: (rows: { name: string; value: string }[]) => void }) {
  const [text, setText] = useState('')
  const [left, setLeft] = useState<string[]>([])
  const [wrong, setWrong] = useState(false)
  function take() {
    const rows = pastedHeaders(text)
    setWrong(rows === null)
    if (!rows) return
    setLeft(rows.filter((r) => isComputed(r.name)).map((r) => r.name))
    onHeaders(rows.filter((r) => !isComputed(r.name)))
    setText('')
  }
  return (
    <div className="stack" style={{ gap: 6 }}>
      <Textarea
        label="Authorization Header"
        description="Or all headers as one text, parted by pipes. A pipe in a value is written \|."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder="Content-type: application/json|Authorization: OAuth …"
        autosize
        minRows={1}
        value={text}
        error={wrong ? 'Each part is written Name: value.' : undefined}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      {text && (
        <div>
          <Button size="xs" variant="default" onClick={take}>
            Take as headers
          </Button>
        </div>
      )}
      {left.length > 0 && (
        <Notice tone="warn">
          {left.join(' and ')} {left.length === 1 ? 'is' : 'are'} left out: the hub computes{' '}
          {left.length === 1 ? 'it' : 'them'} for each request.
        </Notice>
      )}
    </div>
  )
}

function modes(type: BodyType, method: string): { value: BodyMode; label: string }[] {
  const all: { value: BodyMode; label: string }[] = [
    { value: 'fields', label: 'Rows' },
    { value: 'template', label: 'Template' },
    { value: 'data', label: 'All data' },
  ]
  if (type === 'multipart') return all.filter((m) => m.value !== 'template')
  return type === 'json' && ['POST', 'PUT', 'PATCH'].includes(method)
    ? [...all, { value: 'event', label: 'The event itself' }]
    : all
}

function BodyFields({ draft, set, error, preview, known, locked }: TabProps) {
  const type = draft.bodyType
  const choices = modes(type, draft.method)
  const mode = choices.some((m) => m.value === draft.bodyMode) ? draft.bodyMode : 'fields'
  const structured = type !== 'raw' && type !== 'none'
  return (
    <>
      <div className="row" style={{ flexWrap: 'wrap', alignItems: 'flex-start', gap: 12 }}>
        <NativeSelect
          label="Post Data Type"
          description="How the body is written."
          disabled={locked}
          data={TYPES}
          value={type}
          onChange={(e) => set({ bodyType: e.currentTarget.value as BodyType })}
        />
        {structured && (
          <SegmentedControl
            mt={20}
            aria-label="What the body is made of"
            disabled={locked}
            data={choices}
            value={mode}
            onChange={(m) => set({ bodyMode: m })}
          />
        )}
      </div>
      {error('/body') && <Notice tone="bad">{error('/body')}</Notice>}
      {type === 'xml' && mode !== 'template' && (
        <div className={css.two}>
          <TextInput
            label="Root element"
            placeholder="root"
            disabled={locked}
            value={draft.root}
            error={error('/body/root')}
            onChange={(e) => set({ root: e.currentTarget.value })}
          />
          <TextInput
            label="Element of a list’s items"
            placeholder="item"
            disabled={locked}
            value={draft.item}
            error={error('/body/item')}
            onChange={(e) => set({ item: e.currentTarget.value })}
          />
        </div>
      )}
      {structured && mode === 'fields' && (
        <Rows
          noun="Data"
          add={addDataLabel(type)}
          typed={type === 'json'}
          files={type === 'multipart'}
          rows={draft.fields}
          known={known}
          missing={(i) => missingAt(preview, `/body/fields/${i}/value`)}
          told={(i) => toldAt(preview, `/body/fields/${i}/value`)}
          disabled={locked}
          error={(i, part) => error(`/body/fields/${i}/${part}`)}
          onChange={(fields) => set({ fields })}
        />
      )}
      {(type === 'raw' || (structured && mode === 'template')) && (
        <CodeField
          label="Raw request body"
          help="For example form data or JSON; tokens such as {{InvoiceNumber}} may stand anywhere."
          lines={10}
          language={type === 'json' ? 'json' : 'text'}
          value={draft.template}
          known={known}
          missing={missingAt(preview, '/body/template')}
          told={toldAt(preview, '/body/template')}
          readOnly={locked}
          error={error('/body/template')}
          onChange={(template) => set({ template })}
        />
      )}
      {structured && mode === 'data' && (
        <p className="dim">
          All of the data is sent: what the adaptor made, or else the event’s own. Nothing has to be
          named.
        </p>
      )}
      {structured && mode === 'event' && (
        <p className="dim">
          The event as it is: <code>{'{"id", "type", "time", "data"}'}</code>.
        </p>
      )}
      {type === 'raw' && (
        <p className={css.help}>
          Without a Content-Type header it is sent as text. With one that says JSON, XML or form,
          values are escaped as that.
        </p>
      )}
    </>
  )
}
