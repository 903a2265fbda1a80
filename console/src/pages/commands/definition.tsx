import {
  ActionIcon,
  Button,
  Modal,
  NativeSelect,
  NumberInput,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ask, part } from '~/api/client'
import type { Command } from '~/api/contract'
import { useMay } from '~/api/session'
import { CodeField } from '~/editor/code'
import { Check } from '~/ui/check'
import { Notice, Section } from '~/ui/page'
import { SaveBar } from '~/ui/save-bar'
import { done, failed } from '~/ui/toasts'
import { Changed } from './conflict'
import css from './commands.module.css'
import {
  commandDocument,
  type CommandDraft,
  commandDraftOf,
  type InputDraft,
  type InputType,
  tidiedCommand,
} from './draft'
import { useEdit, type Version } from './editing'

const order: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
]

const TYPES: { value: InputType; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'date', label: 'Date' },
]

/** What a command takes and brings. The operator may change it; others read it. */
export function DefinitionForm({ name, read }: { name: string | null; read: Version<Command> }) {
  const edit = useEdit<Command, CommandDraft>(
    {
      path: `/v1/commands/${part(name ?? 'new')}`,
      make: name === null ? '/v1/commands' : undefined,
      draftOf: commandDraftOf,
      documentOf: commandDocument,
      tidied: tidiedCommand,
      bare: (draft) => draft,
    },
    read,
  )
  const may = useMay()
  const navigate = useNavigate()
  const locked = !may.operate
  const { draft, set, failure } = edit
  const error = (pointer: string) => failure?.at(pointer)
  const [asked, setAsked] = useState(false)
  const [round, setRound] = useState(0)

  async function save() {
    const made = await edit.save()
    if (!made) return
    done(name === null ? `Defined ${made.name}.` : 'Saved.')
    if (name === null) {
      await navigate({ to: '/commands/$name', params: { name: made.name }, search: {} })
    }
  }

  useHotkeys([['mod+S', () => void (locked || save())]], [], true)

  const setInput = (i: number, change: Partial<InputDraft>) =>
    set({ inputs: draft.inputs.map((one, at) => (at === i ? { ...one, ...change } : one)) })

  return (
    <div key={round}>
      <Changed edit={edit} noun="command" onTheirs={() => setRound((n) => n + 1)} />
      {failure && failure.status !== 412 && <Notice tone="bad">{failure.message}</Notice>}
      {locked && <Notice>Only the operator of this hub changes what a command is.</Notice>}
      <Section title="Command" about="What products call it by, and what it is for.">
        {name === null && (
          <TextInput
            label="Name"
            description="In the style of GetInvoiceImage; it stays as it is."
            inputWrapperOrder={order}
            placeholder="GetStatement"
            data-autofocus
            value={draft.name}
            error={error('/name')}
            onChange={(e) => set({ name: e.currentTarget.value })}
          />
        )}
        <TextInput
          label="What it is for"
          description="A sentence for those who look for a command."
          placeholder="Shows a customer’s statement of a year."
          disabled={locked}
          value={draft.sentence}
          error={error('/sentence')}
          onChange={(e) => set({ sentence: e.currentTarget.value })}
        />
        <TextInput
          label="Deadline"
          description="For a whole run, from 1s to 2m, unless a tenant’s binding says less."
          inputWrapperOrder={order}
          w={200}
          disabled={locked}
          value={draft.deadline}
          error={error('/deadline')}
          onChange={(e) => set({ deadline: e.currentTarget.value })}
        />
      </Section>
      <Section
        title="Inputs"
        about="What a run gives. Each is a token that requests may use: of this type, looking like the example, with a help for those who run it."
      >
        {draft.inputs.map((input, i) => (
          <div key={i} className={css.input} role="group" aria-label={`Input ${i + 1}`}>
            <TextInput
              label="Name"
              placeholder="InvoiceNumber"
              disabled={locked}
              value={input.name}
              error={error(`/inputs/${i}/name`)}
              onChange={(e) => setInput(i, { name: e.currentTarget.value })}
            />
            <NativeSelect
              label="Type"
              data={TYPES}
              disabled={locked}
              value={input.type}
              error={error(`/inputs/${i}/type`)}
              onChange={(e) => setInput(i, { type: e.currentTarget.value as InputType })}
            />
            <TextInput
              data-wide
              label="Example"
              disabled={locked}
              value={input.example}
              error={error(`/inputs/${i}/example`)}
              onChange={(e) => setInput(i, { example: e.currentTarget.value })}
            />
            <TextInput
              data-wide
              label="Help"
              disabled={locked}
              value={input.description}
              error={error(`/inputs/${i}/description`)}
              onChange={(e) => setInput(i, { description: e.currentTarget.value })}
            />
            <Check
              label="Required"
              disabled={locked}
              checked={input.required}
              onChange={(required) => setInput(i, { required })}
            />
            {!locked && (
              <ActionIcon
                size={32}
                aria-label={`Remove input ${i + 1}`}
                onClick={() => set({ inputs: draft.inputs.filter((_, at) => at !== i) })}
              >
                <IconX size={14} />
              </ActionIcon>
            )}
          </div>
        ))}
        {draft.inputs.length === 0 && <p className="dim">It takes nothing.</p>}
        {error('/inputs') && <Notice tone="bad">{error('/inputs')}</Notice>}
        {!locked && (
          <div>
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconPlus size={13} />}
              onClick={() =>
                set({
                  inputs: [
                    ...draft.inputs,
                    { name: '', type: 'text', required: true, description: '', example: '' },
                  ],
                })
              }
            >
              Add an input
            </Button>
          </div>
        )}
      </Section>
      <Section title="Answer" about="What has to come back. Anything else is a failure.">
        <AnswerFields {...{ draft, set, error, locked }} />
      </Section>
      {may.operate && (
        <Section title="Who may use it" about="Tenants by their ids. None named: every tenant.">
          <TagsInput
            label="Tenants"
            placeholder={draft.tenants.length ? undefined : 'Every tenant'}
            value={draft.tenants}
            error={
              error('/tenants') ??
              draft.tenants.map((_, i) => error(`/tenants/${i}`)).find((e) => e !== undefined)
            }
            onChange={(tenants) => set({ tenants })}
          />
        </Section>
      )}
      {!locked && (
        <SaveBar
          dirty={edit.dirty}
          busy={edit.busy}
          idle={name === null ? 'Nothing is typed yet.' : 'All is saved.'}
          action={name === null ? 'Define command' : 'Save command'}
          disabled={!edit.dirty}
          onSave={() => void save()}
          onDiscard={() => {
            edit.discard()
            setRound((n) => n + 1)
          }}
        >
          {name !== null && (
            <Button variant="subtle" color="gray" onClick={() => setAsked(true)}>
              Delete …
            </Button>
          )}
        </SaveBar>
      )}
      {name !== null && (
        <Delete name={name} etag={edit.etag} opened={asked} onClose={() => setAsked(false)} />
      )}
    </div>
  )
}

function AnswerFields({
  draft,
  set,
  error,
  locked,
}: {
  draft: CommandDraft
  set: (change: Partial<CommandDraft>) => void
  error: (pointer: string) => string | undefined
  locked: boolean
}) {
  const { answer } = draft
  const change = (part: Partial<CommandDraft['answer']>) => set({ answer: { ...answer, ...part } })
  return (
    <>
      <div className={css.two}>
        <NativeSelect
          label="It brings"
          description="What whoever runs it gets."
          disabled={locked}
          value={answer.type}
          error={error('/answer') ?? error('/answer/type')}
          data={[
            { value: 'document', label: 'A document' },
            { value: 'json', label: 'JSON' },
            { value: 'nothing', label: 'Nothing but that it worked' },
          ]}
          onChange={(e) =>
            change({ type: e.currentTarget.value as CommandDraft['answer']['type'] })
          }
        />
        {answer.type === 'json' && (
          <NativeSelect
            label="Which must"
            disabled={locked}
            value={answer.held}
            data={[
              { value: 'any', label: 'be any JSON' },
              { value: 'fields', label: 'have these fields' },
              { value: 'schema', label: 'fit a JSON Schema' },
            ]}
            onChange={(e) =>
              change({ held: e.currentTarget.value as CommandDraft['answer']['held'] })
            }
          />
        )}
        {answer.type === 'document' && (
          <NumberInput
            label="At most, in MiB"
            description="A larger one is broken off."
            disabled={locked}
            min={0.001}
            max={1024}
            value={answer.most}
            error={error('/answer/mostBytes')}
            onChange={(n) => change({ most: Number(n) || 0 })}
          />
        )}
      </div>
      {answer.type === 'document' && (
        <TagsInput
          label="Media types"
          description="Such as application/pdf, or image/* for every image."
          inputWrapperOrder={order}
          disabled={locked}
          value={answer.contentTypes}
          error={
            error('/answer/contentTypes') ??
            answer.contentTypes
              .map((_, i) => error(`/answer/contentTypes/${i}`))
              .find((e) => e !== undefined)
          }
          onChange={(contentTypes) => change({ contentTypes })}
        />
      )}
      {answer.type === 'json' && answer.held === 'schema' && (
        <CodeField
          label="JSON Schema"
          language="json"
          lines={8}
          readOnly={locked}
          value={answer.schema}
          error={error('/answer/schema')}
          onChange={(schema) => change({ schema })}
        />
      )}
      {answer.type === 'json' && answer.held === 'fields' && (
        <div className="stack" style={{ gap: 6 }}>
          {answer.fields.map((field, i) => {
            const setField = (part: Partial<typeof field>) =>
              change({
                fields: answer.fields.map((f, at) => (at === i ? { ...f, ...part } : f)),
              })
            return (
              <div key={i} className={css.field} role="group" aria-label={`Field ${i + 1}`}>
                <TextInput
                  aria-label={`Field ${i + 1}: name`}
                  placeholder="ContactId"
                  disabled={locked}
                  value={field.name}
                  error={error(`/answer/fields/${i}/name`)}
                  onChange={(e) => setField({ name: e.currentTarget.value })}
                />
                <NativeSelect
                  aria-label={`Field ${i + 1}: type`}
                  disabled={locked}
                  data={[{ value: '', label: 'Of any type' }, ...TYPES]}
                  value={field.type}
                  onChange={(e) => setField({ type: e.currentTarget.value as InputType | '' })}
                />
                <Check
                  label="Required"
                  disabled={locked}
                  checked={field.required}
                  onChange={(required) => setField({ required })}
                />
                {!locked && (
                  <ActionIcon
                    size={32}
                    aria-label={`Remove field ${i + 1}`}
                    onClick={() => change({ fields: answer.fields.filter((_, at) => at !== i) })}
                  >
                    <IconX size={14} />
                  </ActionIcon>
                )}
              </div>
            )
          })}
          {error('/answer/fields') && <Notice tone="bad">{error('/answer/fields')}</Notice>}
          {!locked && (
            <div>
              <Button
                size="xs"
                variant="subtle"
                leftSection={<IconPlus size={13} />}
                onClick={() =>
                  change({ fields: [...answer.fields, { name: '', type: '', required: true }] })
                }
              >
                Add a field
              </Button>
            </div>
          )}
        </div>
      )}
    </>
  )
}

function Delete({
  name,
  etag,
  opened,
  onClose,
}: {
  name: string
  etag: string | null
  opened: boolean
  onClose: () => void
}) {
  const client = useQueryClient()
  const navigate = useNavigate()
  async function remove() {
    try {
      await ask('DELETE', `/v1/commands/${part(name)}`, { ifMatch: etag })
      done(`Deleted ${name}.`)
      await navigate({ to: '/commands', search: {} })
      await client.invalidateQueries()
    } catch (e) {
      failed(e)
      onClose()
    }
  }
  return (
    <Modal opened={opened} onClose={onClose} title={`Delete ${name}?`}>
      <p>No tenant can run it any more. While a tenant has bound it, it cannot be deleted.</p>
      <div className="row" style={{ justifyContent: 'flex-end', marginTop: 16 }}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-danger onClick={() => void remove()}>
          Delete
        </Button>
      </div>
    </Modal>
  )
}
