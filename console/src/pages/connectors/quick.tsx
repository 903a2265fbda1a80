import { Button, Modal, NativeSelect, Skeleton, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { CodeField } from '~/editor/code'
import { Notice, Trouble } from '~/ui/page'
import { Rows } from '~/ui/rows'
import { SecretInput } from '~/ui/secret'
import { done } from '~/ui/toasts'
import { useMay } from '~/api/session'
import { addDataLabel, type BodyType, type Draft, hasBody, type Secret } from './draft'
import { isKind, type Saved, useConnector, useEditing } from './editing'
import { Conflict } from './conflict'
import { Resumed } from './resumed'
import { useKnown } from './known'
import css from './quick.module.css'

const TYPES: { value: BodyType; label: string }[] = [
  { value: 'json', label: 'JSON' },
  { value: 'form', label: 'FORM' },
  { value: 'xml', label: 'XML' },
]

export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

/** The small editor over the list: what most connectors need, and the way to all the rest. */
export function QuickEditor({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  return (
    <Modal
      opened={id !== undefined}
      onClose={onClose}
      size={720}
      title={id === 'new' ? 'Create connector' : 'Edit connector'}
    >
      {id !== undefined && <Loaded key={id} id={id} onClose={onClose} />}
    </Modal>
  )
}

function Loaded({ id, onClose }: { id: string; onClose: () => void }) {
  const read = useConnector(id)
  if (read.isError && !read.data)
    return <Trouble error={read.error} again={() => void read.refetch()} />
  if (id !== 'new' && !read.data) return <Skeleton height={320} radius={8} />
  return <Form id={id} saved={read.data} onClose={onClose} />
}

function Form({
  id,
  saved,
  onClose,
}: {
  id: string
  saved: Saved | undefined
  onClose: () => void
}) {
  const editing = useEditing(id, saved)
  const may = useMay()
  const { draft, set, failure } = editing
  const known = useKnown(draft)
  const [asked, setAsked] = useState(false)
  const locked = !may.change
  const plain = hasBody(draft.method) && isPlain(draft)

  async function save() {
    const connector = await editing.save()
    if (connector) {
      done(id === 'new' ? `Made “${connector.name}”.` : `Saved “${connector.name}”.`)
      onClose()
    }
  }

  useHotkeys([['mod+S', () => void (locked || save())]], [], true)

  function close() {
    if (editing.dirty && !asked) setAsked(true)
    else {
      editing.discard()
      onClose()
    }
  }

  return (
    <form
      className="stack"
      onSubmit={(e) => {
        e.preventDefault()
        void save()
      }}
    >
      {editing.resumed && <Resumed editing={editing} />}
      {editing.theirs && <Conflict editing={editing} />}
      {failure && failure.status !== 412 && <Notice tone="bad">{failure.message}</Notice>}
      <div className={css.first}>
        <TextInput
          label="Connector Name"
          description="For reference only."
          data-autofocus
          autoFocus
          disabled={locked}
          value={draft.name}
          error={failure?.at('/name')}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
        <NativeSelect
          label="Method"
          description="What the call does."
          disabled={locked}
          data={METHODS}
          value={draft.method}
          onChange={(e) => set({ method: e.currentTarget.value })}
        />
        <NativeSelect
          label="Type"
          description="How data is written."
          disabled={locked || !plain}
          data={plain ? TYPES : [{ value: draft.bodyType, label: draft.bodyType.toUpperCase() }]}
          value={draft.bodyType}
          onChange={(e) => set({ bodyType: e.currentTarget.value as BodyType })}
        />
      </div>
      <CodeField
        label="URL"
        value={draft.url}
        readOnly={locked}
        known={known}
        placeholder="https://api.example.com/items/{{InvoiceNumber}}"
        error={failure?.at('/url')}
        onChange={(url) => set({ url })}
      />
      <fieldset className={css.part}>
        <legend>Headers</legend>
        <Rows
          noun="Header"
          add="Add header"
          rows={draft.headers}
          known={known}
          disabled={locked}
          error={(i, p) => failure?.at(`/headers/${i}/${p}`)}
          onChange={(headers) => set({ headers })}
        />
      </fieldset>
      <fieldset className={css.part}>
        <legend>Basic Auth</legend>
        <BasicAuth draft={draft} set={set} error={failure?.at.bind(failure)} disabled={locked} />
      </fieldset>
      <fieldset className={css.part}>
        <legend>Data</legend>
        {!hasBody(draft.method) ? (
          <p className="dim">{draft.method} sends no body.</p>
        ) : plain ? (
          <>
            <Rows
              noun="Data"
              add={addDataLabel(draft.bodyType)}
              rows={draft.fields}
              known={known}
              disabled={locked}
              error={(i, p) => failure?.at(`/body/fields/${i}/${p}`)}
              onChange={(fields) => set({ fields, bodyMode: 'fields' })}
            />
            {draft.fields.length === 0 && (
              <p className="dim">
                {draft.bodyMode === 'event'
                  ? 'Without rows the event itself is sent as JSON.'
                  : 'Without rows all of the event’s data is sent.'}
              </p>
            )}
          </>
        ) : (
          <p className="dim">
            This connector’s body is made in another way. It is among all settings.
          </p>
        )}
      </fieldset>
      {asked && (
        <Notice tone="warn">
          What you typed is not saved. Cancel once more to give it up, or press Escape to keep it
          for later.
        </Notice>
      )}
      <div className={css.foot}>
        <Link
          to="/connectors/$id"
          params={{ id }}
          search={{ tab: id === 'new' ? 'general' : 'request' }}
        >
          All settings
        </Link>
        <span className="grow" />
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        {!locked && (
          <Button type="submit" loading={editing.busy} disabled={id !== 'new' && !editing.dirty}>
            {id === 'new' ? 'Create' : 'Save'}
          </Button>
        )}
      </div>
    </form>
  )
}

/** Whether the body is what the small editor can show: rows, or nothing yet. */
function isPlain(draft: Draft): boolean {
  return draft.bodyMode !== 'template' && ['json', 'form', 'xml'].includes(draft.bodyType)
}

export function BasicAuth({
  draft,
  set,
  error,
  disabled,
}: {
  draft: Draft
  set: (change: Partial<Draft>) => void
  error?: (pointer: string) => string | undefined
  disabled?: boolean
}) {
  const who = draft.authorization
  if (who !== null && !isKind(who, 'basic')) {
    return (
      <p className="dim">This connector has another authorization. It is among all settings.</p>
    )
  }
  const basic = who as { username?: string; password?: Secret } | null
  function change(part: { username?: string; password?: Secret }) {
    const next = {
      kind: 'basic',
      username: basic?.username ?? '',
      password: basic?.password ?? null,
      ...part,
    }
    const empty = !next.username && (next.password === null || next.password === '')
    set({ authorization: empty ? null : next })
  }
  return (
    <div className={css.two}>
      <TextInput
        label="Username"
        description="As the third party knows you."
        autoComplete="off"
        disabled={disabled}
        value={basic?.username ?? ''}
        error={error?.('/authorization/username') ?? error?.('/authorization')}
        onChange={(e) => change({ username: e.currentTarget.value })}
      />
      <SecretInput
        label="Password"
        help="Encrypted, and never shown."
        disabled={disabled}
        value={basic?.password}
        error={error?.('/authorization/password')}
        onChange={(password) => change({ password })}
      />
    </div>
  )
}
