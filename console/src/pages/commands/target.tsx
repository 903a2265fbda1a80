import { ActionIcon, Button, NativeSelect, Select, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type DragEvent, useState } from 'react'
import type { Command, Connector } from '~/api/contract'
import { CodeField } from '~/editor/code'
import type { Known } from '~/editor/tokens'
import { addDataLabel, type BodyType, type Draft, hasBody } from '~/pages/connectors/draft'
import type { Preview } from '~/pages/connectors/preview'
import { METHODS } from '~/pages/connectors/quick'
import { WhoFields } from '~/pages/connectors/who'
import { ResponseTab } from '~/pages/connectors/tabs/response'
import { item, useNamed } from '~/ui/named'
import { Notice } from '~/ui/page'
import { CREDENTIALS, SIGNATURES } from '~/ui/proof'
import { Rows } from '~/ui/rows'
import css from './commands.module.css'
import type { Conditions, Target } from './draft'

interface Props {
  command: Command
  target: Target
  index: number
  count: number
  onChange: (target: Target) => void
  onMove: (from: number, to: number) => void
  onRemove: () => void
  /** What is wrong at a place below the target. */
  error: (pointer: string) => string | undefined
  /** Whether anything is wrong at one of these places or below them. */
  wrong: (...pointers: string[]) => boolean
  missing: (pointer: string) => string[]
  known: Known[]
  locked: boolean
}

/** One that is asked: a web request, or a connector. */
export function TargetForm(props: Props) {
  const { target, index, count, onMove, onRemove, locked } = props
  const [over, setOver] = useState(false)
  const several = count > 1

  function dropped(e: DragEvent) {
    setOver(false)
    const from = Number(e.dataTransfer.getData('text/fairlead-target'))
    e.preventDefault()
    if (from !== index) onMove(from, index)
  }

  return (
    <section
      className={several ? css.target : css.part}
      aria-label={several ? `Target ${index + 1}` : 'Web request'}
      data-whole
      data-over={over || undefined}
      onDragOver={(e) => {
        if (!e.dataTransfer.types.includes('text/fairlead-target')) return
        e.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={dropped}
    >
      {several && (
        <div className={css.targetHead}>
          {!locked && (
            <span
              className={css.grip}
              draggable
              aria-hidden
              title="Drag to another place"
              onDragStart={(e) => {
                e.dataTransfer.setData('text/fairlead-target', String(index))
                e.dataTransfer.effectAllowed = 'move'
              }}
            >
              <IconGripVertical size={16} />
            </span>
          )}
          <span className={css.place}>{index + 1}</span>
          <h3>{index === 0 ? 'Asked first' : 'Asked when the one before finds nothing'}</h3>
          <span className="grow" />
          {!locked && (
            <div className="row" style={{ gap: 4 }}>
              <ActionIcon
                aria-label={`Ask target ${index + 1} earlier`}
                // Not disabled: that would take the focus away from whoever moves it up with keys.
                data-disabled={index === 0 || undefined}
                aria-disabled={index === 0}
                onClick={() => index > 0 && onMove(index, index - 1)}
              >
                <IconArrowUp size={15} />
              </ActionIcon>
              <ActionIcon
                aria-label={`Ask target ${index + 1} later`}
                data-disabled={index === count - 1 || undefined}
                aria-disabled={index === count - 1}
                onClick={() => index < count - 1 && onMove(index, index + 1)}
              >
                <IconArrowDown size={15} />
              </ActionIcon>
              <ActionIcon aria-label={`Remove target ${index + 1}`} onClick={onRemove}>
                <IconTrash size={15} />
              </ActionIcon>
            </div>
          )}
        </div>
      )}
      {props.error('') && <Notice tone="bad">{props.error('')}</Notice>}
      {target.kind === 'own' ? (
        <Own {...props} draft={target.draft} several={several} />
      ) : (
        <SharedFields {...props} connector={target.connector} />
      )}
    </section>
  )
}

function SharedFields(props: Props & { connector: string }) {
  const { target, connector, error, locked, onChange } = props
  const { choices, search } = useNamed<Connector>('/v1/connectors', connector || null)
  return (
    <>
      <Select
        label="Connector"
        description="Its own URL, authorization and rules are used, with the tokens of this command."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        {...search}
        allowDeselect={false}
        disabled={locked}
        placeholder="Choose one"
        value={connector || null}
        error={error('/connector')}
        onChange={(id) => onChange({ ...target, connector: id ?? '' } as Target)}
        data={choices.map(item)}
      />
      {connector && (
        <div>
          <Link to="/connectors/$id" params={{ id: connector }} search={{}}>
            Open the connector
          </Link>
        </div>
      )}
      <details className={css.more}>
        <summary>When it has no such thing</summary>
        <div>
          <NotFound {...props} />
        </div>
      </details>
    </>
  )
}

function Own(props: Props & { draft: Draft; several: boolean }) {
  const { target, draft, error, wrong, missing, known, locked, onChange, several } = props
  const set = (change: Partial<Draft>) =>
    onChange({ ...target, draft: { ...draft, ...change } } as Target)
  return (
    <>
      {several && (
        <TextInput
          label="Name"
          description="For you, and for the log."
          placeholder={`Target ${props.index + 1}`}
          disabled={locked}
          value={draft.name}
          error={error('/name')}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
      )}
      <div className={css.url}>
        <NativeSelect
          label="Method"
          description="What the call does."
          data={METHODS}
          value={draft.method}
          disabled={locked}
          error={error('/method')}
          onChange={(e) => set({ method: e.currentTarget.value })}
        />
        <div data-url>
          <CodeField
            label="URL (tokens allowed)"
            value={draft.url}
            known={known}
            missing={missing('/url')}
            readOnly={locked}
            placeholder={`https://mycustomintegration.example.com/items/${sample(known)}`}
            help="Each value is encoded and arrives whole, whatever is in it. Use tokens to pass in dynamic values."
            error={error('/url')}
            onChange={(url) => set({ url })}
          />
        </div>
      </div>
      <Body {...props} set={set} />
      <div className={css.part} role="group" aria-label="Headers">
        <header>
          <h3>Headers</h3>
          <p>Additional headers to be sent with the request.</p>
        </header>
        <Rows
          noun="Header"
          add="ADD HEADER"
          nameTitle="Header Key"
          valueTitle="Header Value"
          rows={draft.headers}
          known={known}
          missing={(i) => missing(`/headers/${i}/value`)}
          disabled={locked}
          error={(i, part) => error(`/headers/${i}/${part}`)}
          onChange={(headers) => set({ headers })}
        />
      </div>
      <div className={css.part}>
        <WhoFields
          label="Authorization"
          who={draft.authorization}
          kinds={CREDENTIALS}
          place="/authorization"
          error={error}
          locked={locked}
          onChange={(authorization) => set({ authorization })}
        />
      </div>
      <details
        className={css.more}
        open={
          wrong('/query', '/signing', '/response', '/rules', '/policy', '/notFound') || undefined
        }
      >
        <summary>Query, signing, the answer, and when there is no such thing</summary>
        <div>
          <div className={css.part} role="group" aria-label="Query">
            <header>
              <h3>Query</h3>
              <p>Added to the URL, each value encoded.</p>
            </header>
            <Rows
              noun="Parameter"
              add="Add parameter"
              rows={draft.query}
              known={known}
              missing={(i) => missing(`/query/${i}/value`)}
              disabled={locked}
              error={(i, part) => error(`/query/${i}/${part}`)}
              onChange={(query) => set({ query })}
            />
          </div>
          <NotFound {...props} />
          <TextInput
            label="Longest wait for this target"
            description="From 1s to 2m; the whole run’s deadline holds too."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            disabled={locked}
            value={draft.policy.timeout}
            error={error('/policy/timeout')}
            onChange={(e) => set({ policy: { ...draft.policy, timeout: e.currentTarget.value } })}
          />
          <WhoFields
            label="Signature"
            who={draft.signing}
            kinds={SIGNATURES}
            place="/signing"
            error={error}
            locked={locked}
            onChange={(signing) => set({ signing })}
          />
          <ResponseTab
            draft={draft}
            set={set}
            error={error}
            known={known}
            locked={locked}
            preview={NO_PREVIEW}
          />
        </div>
      </details>
    </>
  )
}

/** The part about answers has no preview of its own. */
const NO_PREVIEW: Preview = {
  result: null,
  failure: null,
  busy: false,
  none: true,
  record: '',
  setRecord: () => {},
  data: '',
  setData: () => {},
  events: [],
}

function sample(known: Known[]): string {
  return known[0] ? `{{${known[0].name}}}` : ''
}

const TYPES: { value: BodyType; label: string }[] = [
  { value: 'raw', label: 'As I write it' },
  { value: 'json', label: 'JSON' },
  { value: 'form', label: 'FORM' },
  { value: 'xml', label: 'XML' },
]

const LABEL = 'Raw request body, for example form data or JSON content (tokens allowed)'

function Body(props: Props & { draft: Draft; set: (change: Partial<Draft>) => void }) {
  const { draft, set, error, missing, known, locked } = props
  if (!hasBody(draft.method)) {
    return <p className={css.help}>{draft.method} sends no body.</p>
  }
  const type = draft.bodyType === 'none' ? 'raw' : draft.bodyType
  const types = TYPES.some((t) => t.value === type)
    ? TYPES
    : [...TYPES, { value: type, label: type.toUpperCase() }]
  const written = type === 'raw' || draft.bodyMode === 'template'
  const noType = !draft.headers.some((h) => h.name.trim().toLowerCase() === 'content-type')
  return (
    <div className={css.part} role="group" aria-label="Body">
      <header className="row" style={{ flexWrap: 'wrap' }}>
        <div className="grow">
          <h3>Body</h3>
          <p>Additional data to be sent with a {draft.method} request.</p>
        </div>
        <NativeSelect
          aria-label="How the body is made"
          size="xs"
          data={types}
          disabled={locked}
          value={type}
          onChange={(e) => {
            const bodyType = e.currentTarget.value as BodyType
            set({ bodyType, bodyMode: bodyType === 'raw' ? 'template' : 'fields' })
          }}
        />
      </header>
      {error('/body') && <Notice tone="bad">{error('/body')}</Notice>}
      {written ? (
        <CodeField
          label={LABEL}
          lines={6}
          language={type === 'json' ? 'json' : 'text'}
          value={draft.template}
          known={known}
          missing={missing('/body/template')}
          readOnly={locked}
          error={error('/body/template')}
          onChange={(template) => set({ template })}
        />
      ) : (
        <>
          <Rows
            noun="Data"
            add={addDataLabel(type)}
            typed={type === 'json'}
            files={type === 'multipart'}
            rows={draft.fields}
            known={known}
            missing={(i) => missing(`/body/fields/${i}/value`)}
            disabled={locked}
            error={(i, part) => error(`/body/fields/${i}/${part}`)}
            onChange={(fields) => set({ fields, bodyMode: 'fields' })}
          />
          {draft.bodyMode === 'data' && <p className={css.help}>All inputs are sent.</p>}
        </>
      )}
      {type === 'raw' && !locked && noType && (
        <div className={css.help}>
          If your server requires the appropriate Content-Type header to process the data, add a
          Content-Type header:{' '}
          {['application/x-www-form-urlencoded', 'application/json'].map((value) => (
            <Button
              key={value}
              size="compact-xs"
              variant="subtle"
              onClick={() => set({ headers: [...draft.headers, { name: 'Content-Type', value }] })}
            >
              {value}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

/** Which answers say that there is no such thing, so that the next one is asked. */
function NotFound({ target, error, locked, onChange }: Props) {
  const [text, setText] = useState(() => JSON.stringify(target.notFound))
  const [wrong, setWrong] = useState(false)
  const said = [
    '/notFound',
    ...target.notFound.flatMap((_, i) =>
      ['', '/status', '/header', '/body', '/text'].map((p) => `/notFound/${i}${p}`),
    ),
  ]
    .map(error)
    .find((e) => e !== undefined)
  return (
    <CodeField
      label="It has no such thing when"
      language="json"
      readOnly={locked}
      value={text}
      placeholder='[{"status": 404}]'
      help="One of these conditions on status, header, body or text; then the next target is asked. Any other failure ends the run."
      error={wrong ? 'This is not a list of conditions yet, such as [{"status": 404}].' : said}
      onChange={(next) => {
        setText(next)
        try {
          const read: unknown = JSON.parse(next)
          setWrong(!Array.isArray(read))
          if (Array.isArray(read)) onChange({ ...target, notFound: read as Conditions })
        } catch {
          setWrong(true)
        }
      }}
    />
  )
}
