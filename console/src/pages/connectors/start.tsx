import { Button, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import {
  IconExternalLink,
  IconFileImport,
  IconLayoutGrid,
  IconPlus,
  IconTerminal,
  IconUpload,
} from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ask, get, part, post } from '~/api/client'
import type { Adaptor, Connector, ConnectorTemplate, Imported, TemplateList } from '~/api/contract'
import { Failure } from '~/api/failure'
import { usePage } from '~/api/lists'
import { sessionState } from '~/api/session'
import { useSending } from '~/api/sending'
import { SearchBox } from '~/ui/filters'
import { Lines, Notice, Page, Trouble } from '~/ui/page'
import { SecretInput } from '~/ui/secret'
import { Method } from '~/ui/status'
import { done } from '~/ui/toasts'
import { type Draft, draftOf, type Who } from './draft'
import { withoutSecrets } from './kept'
import css from './start.module.css'

type OnDraft = (draft: Draft, notes: string[]) => void

/** How a new connector begins, where it is not blank. */
export function Start({ from, copy, onDraft }: { from?: string; copy?: string; onDraft: OnDraft }) {
  const trail = <Link to="/connectors">Connectors</Link>
  if (copy) {
    return (
      <Page title="Duplicate" trail={trail}>
        <Copy id={copy} onDraft={onDraft} />
      </Page>
    )
  }
  switch (from) {
    case 'curl':
      return (
        <Page
          title="Paste a cURL command"
          trail={trail}
          about="One that works in your terminal. Nothing is called, and secrets in it stay in this browser until you save."
        >
          <Ways here="curl" />
          <Curl onDraft={onDraft} />
        </Page>
      )
    case 'import':
      return (
        <Page
          title="Import OpenAPI or Postman"
          trail={trail}
          about="One operation of an OpenAPI 3 document, one request of a Postman 2.1 collection, or a connector’s own export. Nothing is fetched."
        >
          <Ways here="import" />
          <FromFile onDraft={onDraft} />
        </Page>
      )
    default:
      return (
        <Page
          title="Begin with a template"
          trail={trail}
          about="Services that others connect often. What is asked for is all there is to fill in."
        >
          <Templates />
        </Page>
      )
  }
}

const WAYS = [
  { from: 'template', icon: IconLayoutGrid, title: 'Template' },
  { from: 'curl', icon: IconTerminal, title: 'cURL command' },
  { from: 'import', icon: IconFileImport, title: 'OpenAPI or Postman' },
  { from: undefined, icon: IconPlus, title: 'Blank' },
]

/** The ways to begin, one beside the other. */
function Ways({ here }: { here: string }) {
  return (
    <nav className={css.ways} aria-label="Ways to begin">
      {WAYS.map(({ from, icon: Icon, title }) => (
        <Link
          key={title}
          to="/connectors/$id"
          params={{ id: 'new' }}
          search={{ from }}
          activeOptions={{ exact: true, includeSearch: true, explicitUndefined: true }}
          data-here={here === from || undefined}
        >
          <Icon size={14} aria-hidden /> {title}
        </Link>
      ))}
    </nav>
  )
}

function Copy({ id, onDraft }: { id: string; onDraft: OnDraft }) {
  const read = useQuery({
    queryKey: ['copy', id],
    queryFn: async () => {
      const c = await get<Connector>(`/v1/connectors/${part(id)}`)
      const draft = draftOf(c)
      const secret = (who: Who) => (JSON.stringify(who) ?? '').includes('"set":true')
      const needs = secret(draft.authorization) || secret(draft.signing)
      onDraft(
        {
          ...draft,
          name: `${c.name} (copy)`,
          active: false,
          authorization: cleared(draft.authorization),
          signing: cleared(draft.signing),
        },
        needs ? ['Secrets are not copied. Type them again before you save.'] : [],
      )
      return true
    },
    gcTime: 0,
  })
  return read.isError ? <Trouble error={read.error} again={() => void read.refetch()} /> : <Lines />
}

/** The same with empty secrets in the place of those that are set. */
function cleared(who: Who): Who {
  const text = JSON.stringify(who)?.replaceAll('{"set":true}', '""')
  return withoutSecrets(text ? (JSON.parse(text) as Who) : null)
}

function Curl({ onDraft }: { onDraft: OnDraft }) {
  const [text, setText] = useState('')
  const read = useImport(onDraft)
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault()
        void read.go({ curl: text })
      }}
    >
      {read.failure && (
        <Notice tone="bad">{read.failure.at('/curl') ?? read.failure.message}</Notice>
      )}
      <Textarea
        label="cURL command"
        description="As the third party’s documentation shows it, or a browser copies it."
        autosize
        minRows={8}
        autoFocus
        styles={{ input: { fontFamily: 'var(--mono)', fontSize: 'var(--t12)' } }}
        placeholder={
          "curl -X POST 'https://api.example.com/items/{{InvoiceNumber}}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{\"paid\": true}'"
        }
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <div className="row">
        <Button type="submit" loading={read.busy} disabled={!text.trim()}>
          Read it
        </Button>
      </div>
    </form>
  )
}

function FromFile({ onDraft }: { onDraft: OnDraft }) {
  const [text, setText] = useState('')
  const [over, setOver] = useState(false)
  const read = useImport(onDraft)
  const body = () => {
    const own = /"fairlead"\s*:\s*"connector"/.test(text)
    if (own) return { json: JSON.parse(text) as unknown }
    return /schema\.getpostman\.com|"_postman_id"/.test(text)
      ? { postman: text }
      : { openapi: text }
  }
  const go = (choice?: string) => {
    let given: Record<string, unknown>
    try {
      given = body()
    } catch {
      read.refuse('This says that it is an export of a connector, but it is not JSON.')
      return
    }
    if (choice) given['postman' in given ? 'request' : 'operation'] = choice
    void read.go(given)
  }
  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault()
        go()
      }}
    >
      {read.failure && (
        <Notice tone="bad">
          {read.failure.errors.map((e) => e.detail).join(' ') || read.failure.message}
        </Notice>
      )}
      <label
        className={css.file}
        data-over={over || undefined}
        onDragOver={(e) => {
          e.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(e) => {
          e.preventDefault()
          setOver(false)
          void e.dataTransfer.files[0]?.text().then(setText)
        }}
      >
        <IconUpload size={16} aria-hidden />
        <span>
          <strong>Choose a file</strong>, or drop one here
        </span>
        <input
          className="only-reader"
          type="file"
          aria-label="File with the document"
          accept=".json,.yaml,.yml,application/json"
          onChange={(e) => {
            void e.currentTarget.files?.[0]?.text().then(setText)
          }}
        />
      </label>
      <Textarea
        label="Document"
        placeholder="OpenAPI as JSON or YAML, a Postman collection, or a connector’s export"
        autosize
        minRows={8}
        maxRows={20}
        styles={{ input: { fontFamily: 'var(--mono)', fontSize: 'var(--t12)' } }}
        value={text}
        onChange={(e) => setText(e.currentTarget.value)}
      />
      <div className="row">
        <Button type="submit" loading={read.busy} disabled={!text.trim()}>
          Read it
        </Button>
      </div>
      {read.choices.length > 0 && (
        <div>
          <h2>Which one?</h2>
          <ul className={css.choices}>
            {read.choices.map((c) => (
              <li key={c.choose}>
                <button type="button" onClick={() => go(c.choose)}>
                  <Method method={c.method} /> <span className="mono">{c.path}</span>
                  {c.title && <span className="dim">{c.title}</span>}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </form>
  )
}

function useImport(onDraft: OnDraft) {
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const [choices, setChoices] = useState<NonNullable<Imported['choices']>>([])
  async function go(body: unknown) {
    setBusy(true)
    setFailure(undefined)
    setChoices([])
    try {
      const read = await post<Imported>('/v1/connectors/import', body)
      if (read.connector) {
        onDraft(
          draftOf(read.connector),
          read.notes.map((n) => n.detail),
        )
      } else setChoices(read.choices ?? [])
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      setFailure(e)
    } finally {
      setBusy(false)
    }
  }
  const refuse = (sentence: string) => setFailure(new Failure(400, sentence))
  return { failure, busy, choices, go, refuse }
}

function Templates() {
  const read = useQuery({
    queryKey: ['templates'],
    queryFn: () => get<TemplateList>('/v1/templates'),
  })
  const [looked, setLooked] = useState('')
  const [chosen, setChosen] = useState<ConnectorTemplate>()
  if (read.isError) return <Trouble error={read.error} again={() => void read.refetch()} />
  if (!read.data) return <Lines />
  if (chosen) return <TemplateForm template={chosen} onBack={() => setChosen(undefined)} />
  const fitting = read.data.data.filter((t) =>
    `${t.name} ${t.description}`.toLowerCase().includes(looked.toLowerCase()),
  )
  return (
    <>
      <Ways here="template" />
      <SearchBox placeholder="Find a service" value={looked} onChange={setLooked} />
      <ul className={css.templates}>
        {fitting.map((t) => (
          <li key={t.id}>
            <button type="button" onClick={() => setChosen(t)}>
              <strong>{t.name}</strong>
              <span>{t.description}</span>
            </button>
          </li>
        ))}
      </ul>
      {fitting.length === 0 && (
        <p className="dim">
          There is none for that.{' '}
          <Link to="/connectors/$id" params={{ id: 'new' }} search={{}}>
            Begin blank
          </Link>{' '}
          instead.
        </p>
      )}
    </>
  )
}

type Field = ConnectorTemplate['fields'][number]
type Value = string | number | boolean | undefined
type Values = Record<string, Value>

function holds(condition: Field['visibleWhen'], values: Values): boolean {
  return condition !== undefined && condition.values.includes(String(values[condition.field] ?? ''))
}

function TemplateForm({ template, onBack }: { template: ConnectorTemplate; onBack: () => void }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState(template.name)
  const [types, setTypes] = useState(template.sample.type)
  const [values, setValues] = useState<Values>(() =>
    Object.fromEntries(
      template.fields
        .filter((f) => f.default !== undefined)
        .map((f) => [f.name, f.default as Value]),
    ),
  )
  const { busy, failure, send } = useSending()
  const shown = (f: Field) => !f.visibleWhen || holds(f.visibleWhen, values)

  async function make() {
    await send(async () => {
      const given = Object.fromEntries(
        template.fields
          .filter(shown)
          .map((f) => [f.name, values[f.name]] as const)
          .filter(([, v]) => v !== undefined && v !== ''),
      )
      const triggers = types
        .split(/[\s,]+/)
        .filter(Boolean)
        .map((eventType) => ({ eventType }))
      const { data, etag } = await ask<Connector>('POST', '/v1/connectors', {
        body: { template: template.id, name, values: given, triggers, active: false },
      })
      await client.invalidateQueries()
      // The notes of what was left out come with this answer alone.
      client.setQueryData([sessionState().tenant, 'connector', data.id], { connector: data, etag })
      done(`Made “${data.name}”. Test it, and then activate it.`)
      await navigate({
        to: '/connectors/$id',
        params: { id: data.id },
        search: { tab: 'test' },
        replace: true,
      })
    })
  }

  return (
    <form
      className={css.form}
      onSubmit={(e) => {
        e.preventDefault()
        void make()
      }}
    >
      <div>
        <h2>{template.name}</h2>
        <p className="dim">
          {template.description}{' '}
          <a href={template.docs} target="_blank" rel="noreferrer">
            How the service describes it <IconExternalLink size={12} />
          </a>
        </p>
      </div>
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      <TextInput
        label="Connector Name"
        description="For reference only."
        value={name}
        error={failure?.at('/name')}
        onChange={(e) => setName(e.currentTarget.value)}
      />
      <TextInput
        label="For these event types"
        description="One or more, such as invoice.paid or invoice.*; they can be refined later."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={types}
        error={failure?.at('/triggers') ?? failure?.at('/triggers/0/eventType')}
        onChange={(e) => setTypes(e.currentTarget.value)}
      />
      {template.fields.filter(shown).map((f) => (
        <TemplateField
          key={f.name}
          field={f}
          required={f.required || holds(f.requiredWhen, values)}
          value={values[f.name]}
          error={failure?.at(`/values/${f.name}`)}
          onChange={(value) => setValues({ ...values, [f.name]: value })}
        />
      ))}
      <div className="row">
        <Button variant="default" onClick={onBack}>
          Back
        </Button>
        <Button type="submit" loading={busy}>
          Make the connector
        </Button>
      </div>
    </form>
  )
}

function TemplateField({
  field,
  required,
  value,
  error,
  onChange,
}: {
  field: Field
  required: boolean
  value: Value
  error?: string
  onChange: (value: Value) => void
}) {
  const adaptors = usePage<Adaptor>(
    '/v1/adaptors',
    { limit: 1000 },
    { enabled: field.name === 'adaptorId' },
  )
  const common = {
    label: required ? field.label : `${field.label} (optional)`,
    description: field.help,
    error,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
      'label' | 'input' | 'description' | 'error'
    )[],
  }
  if (field.name === 'adaptorId') {
    return (
      <NativeSelect
        {...common}
        value={(value as string | undefined) ?? ''}
        onChange={(e) => onChange(e.currentTarget.value || undefined)}
        data={[
          { value: '', label: 'Choose one' },
          ...(adaptors.data?.data ?? []).map((a) => ({ value: a.id, label: a.name })),
        ]}
      />
    )
  }
  switch (field.type) {
    case 'secret':
      return (
        <SecretInput
          label={common.label}
          help={field.help}
          error={error}
          placeholder={field.example}
          value={value as string | undefined}
          onChange={(secret) => onChange(typeof secret === 'string' ? secret : undefined)}
        />
      )
    case 'choice':
      return (
        <NativeSelect
          {...common}
          value={(value as string | undefined) ?? ''}
          onChange={(e) => onChange(e.currentTarget.value || undefined)}
          data={[
            ...(field.required || field.default !== undefined ? [] : [{ value: '', label: '–' }]),
            ...(field.choices ?? []),
          ]}
        />
      )
    case 'boolean':
      return (
        <Switch
          label={field.label}
          description={field.help}
          error={error}
          checked={value === true}
          onChange={(e) => onChange(e.currentTarget.checked)}
        />
      )
    case 'text':
    case 'url':
    case 'number':
      return (
        <TextInput
          {...common}
          placeholder={field.example}
          value={value === undefined ? '' : String(value)}
          onChange={(e) =>
            onChange(
              field.type === 'number' &&
                e.currentTarget.value !== '' &&
                !Number.isNaN(Number(e.currentTarget.value))
                ? Number(e.currentTarget.value)
                : e.currentTarget.value,
            )
          }
        />
      )
  }
}
