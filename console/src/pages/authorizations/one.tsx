import { Button, Modal, NativeSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { IconRefresh, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { ask, part, post } from '~/api/client'
import type { Authorization, VerificationResult } from '~/api/contract'
import { useMay } from '~/api/session'
import { useSending } from '~/api/sending'
import { Changed } from '~/pages/commands/conflict'
import { useEdit, useVersion, type Version } from '~/pages/commands/editing'
import type { Proof, Secret } from '~/pages/connectors/draft'
import { withoutSecrets } from '~/pages/connectors/kept'
import { Answer, Request } from '~/ui/exchange'
import { Notice, Page, Section } from '~/ui/page'
import { SaveBar } from '~/ui/save-bar'
import { CREDENTIALS, kindOf, newProof, ProofFields, SIGNATURES } from '~/ui/proof'
import { SecretInput } from '~/ui/secret'
import { Verdict } from '~/ui/status'
import { count, howLong } from '~/ui/times'
import { done, failed } from '~/ui/toasts'
import { Unread } from '~/ui/unread'
import { When } from '~/ui/when'
import { kindWord, signs } from './kinds'

/** An authorization while it is edited. */
interface AuthorizationDraft {
  name: string
  hosts: string[]
  proof: Proof
}

export default function OneAuthorization() {
  const { id } = useParams({ from: '/inside/authorizations/$id' })
  const read = useVersion<Authorization>(pathOf(id), id !== 'new')
  const trail = <Link to="/authorizations">Authorizations</Link>
  if (id === 'new') return <Form key={id} id={id} read={{ document: null, etag: null }} />
  if (!read.data?.document) return <Unread title="Authorization" trail={trail} read={read} />
  return <Form key={id} id={id} read={read.data} />
}

function pathOf(id: string): string {
  return `/v1/authorizations/${part(id)}`
}

const OWN = [
  'id',
  'name',
  'hosts',
  'overlapEndsAt',
  'revision',
  'createdAt',
  'updatedAt',
  'usedBy',
  'usedByCommands',
]

function proofOf(authorization: Authorization): Proof {
  return Object.fromEntries(
    Object.entries(authorization).filter(([name]) => !OWN.includes(name)),
  ) as Proof
}

function draftOf(authorization: Authorization | null): AuthorizationDraft {
  return authorization
    ? {
        name: authorization.name,
        hosts: authorization.hosts,
        proof: proofOf(authorization),
      }
    : { name: '', hosts: [], proof: newProof('bearer') }
}

function documentOf({ name, hosts, proof }: AuthorizationDraft) {
  return { name, hosts, ...proof }
}

function Form({ id, read }: { id: string; read: Version<Authorization> }) {
  const may = useMay()
  const client = useQueryClient()
  const navigate = useNavigate()
  const edit = useEdit<Authorization, AuthorizationDraft>(
    {
      path: pathOf(id),
      make: id === 'new' ? '/v1/authorizations' : undefined,
      draftOf,
      documentOf,
      tidied: (draft) => draft,
      bare: (draft) => ({ ...draft, proof: withoutSecrets(draft.proof) as Proof }),
    },
    read,
  )
  const { failure, busy, saved } = edit
  const { name, hosts, proof } = edit.draft
  const [round, setRound] = useState(0)
  const [window, setWindow] = useState<'rotate' | 'delete'>()
  const locked = !may.change

  async function save() {
    const made = await edit.save()
    if (!made) return
    setRound((n) => n + 1)
    done(`Saved “${made.name}”.`)
    if (id === 'new')
      await navigate({ to: '/authorizations/$id', params: { id: made.id }, replace: true })
  }

  useHotkeys([['mod+S', () => void (locked || save())]], [], true)

  async function remove() {
    try {
      await ask('DELETE', pathOf(id))
      edit.discard()
      await client.invalidateQueries()
      done(`Deleted “${name}”.`)
      await navigate({ to: '/authorizations' })
    } catch (e) {
      setWindow(undefined)
      failed(e)
    }
  }

  return (
    <Page
      title={name || 'New authorization'}
      trail={<Link to="/authorizations">Authorizations</Link>}
      actions={
        saved &&
        may.change && (
          <>
            <Button
              variant="default"
              leftSection={<IconRefresh size={14} />}
              onClick={() => setWindow('rotate')}
            >
              Rotate
            </Button>
            <Button
              variant="default"
              leftSection={<IconTrash size={14} />}
              onClick={() => setWindow('delete')}
            >
              Delete
            </Button>
          </>
        )
      }
    >
      <Changed edit={edit} noun="authorization" onTheirs={() => setRound((n) => n + 1)} />
      {failure && failure.status !== 412 && <Notice tone="bad">{failure.message}</Notice>}
      {saved?.overlapEndsAt && (
        <Notice>
          The former secret signs too; that ends <When at={saved.overlapEndsAt} />.
        </Notice>
      )}
      <div style={{ maxWidth: 880 }}>
        <Section
          title="Name and hosts"
          about="Where it may be sent. A connector to any other host can’t use it."
        >
          <TextInput
            label="Name"
            description="Connectors choose it by this name."
            disabled={locked}
            value={name}
            error={failure?.at('/name')}
            onChange={(e) => edit.set({ name: e.currentTarget.value })}
          />
          <TagsInput
            label="Hosts"
            description="Such as api.example.com, or api.example.com:8443. http://… where it may go unencrypted."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            disabled={locked || (saved !== null && !may.administer)}
            value={hosts}
            splitChars={[',', ' ']}
            acceptValueOnBlur
            error={
              failure?.at('/hosts') ??
              hosts.map((_, i) => failure?.at(`/hosts/${i}`)).find((e) => e !== undefined)
            }
            onChange={(next) => edit.set({ hosts: next })}
          />
        </Section>
        <Section title="Credential" about="Typed here, encrypted, never shown.">
          <Select
            label="Kind"
            description="What the third party asks for."
            allowDeselect={false}
            disabled={locked}
            value={kindOf(proof)}
            onChange={(kind) => kind && edit.set({ proof: newProof(kind) })}
            data={[
              { group: 'Credentials', items: CREDENTIALS },
              { group: 'Signatures', items: SIGNATURES },
            ]}
          />
          <ProofFields
            key={round}
            proof={proof}
            onChange={(next) => edit.set({ proof: next })}
            disabled={locked}
            error={(m) => failure?.at(`/${m}`)}
          />
        </Section>
        {saved && (
          <Section title="Used by" about="What stops working without it.">
            <UsedBy authorization={saved} />
          </Section>
        )}
        {saved && may.change && <Verify saved={saved} />}
      </div>
      {may.change && (
        <SaveBar
          dirty={edit.dirty}
          busy={busy}
          idle={saved ? 'All is saved.' : 'Nothing is typed yet.'}
          typed="Not saved yet. What you type is kept here, without secrets."
          action="Save Authorization"
          disabled={Boolean(saved) && !edit.dirty}
          onSave={() => void save()}
          onDiscard={() => {
            edit.discard()
            setRound((n) => n + 1)
          }}
        />
      )}
      {saved && window === 'rotate' && (
        <Rotate saved={saved} etag={edit.etag} onClose={() => setWindow(undefined)} />
      )}
      <Modal
        opened={window === 'delete'}
        onClose={() => setWindow(undefined)}
        title={`Delete “${name}”?`}
      >
        <p>This can’t be undone. One that a connector uses is not deleted.</p>
        <div className="row" style={{ justifyContent: 'flex-end', marginTop: 16 }}>
          <Button variant="default" onClick={() => setWindow(undefined)}>
            Cancel
          </Button>
          <Button data-danger onClick={() => void remove()}>
            Delete
          </Button>
        </div>
      </Modal>
    </Page>
  )
}

/** Of very many users only the first are named. */
const NAMED = 20

function UsedBy({ authorization }: { authorization: Authorization }) {
  const { usedBy = [], usedByCommands = [] } = authorization
  const all = [
    ...usedBy.map((c) => (
      <Link key={c.id} to="/connectors/$id" params={{ id: c.id }} search={{}}>
        {c.name}
      </Link>
    )),
    ...usedByCommands.map((name) => (
      <Link key={name} to="/commands/$name" params={{ name }} search={{}}>
        {name}
      </Link>
    )),
  ]
  if (all.length === 0) return <p className="dim">No connector or command uses it.</p>
  return (
    <p>
      {all.slice(0, NAMED).map((one, i) => (
        <Fragment key={i}>
          {i > 0 && ', '}
          {one}
        </Fragment>
      ))}
      {all.length > NAMED && ` and ${count(all.length - NAMED)} more`}
    </p>
  )
}

function Verify({ saved }: { saved: Authorization }) {
  const host = saved.hosts[0] ?? ''
  const [url, setUrl] = useState(host.includes('://') ? host : `https://${host}/`)
  const [method, setMethod] = useState('GET')
  const [result, setResult] = useState<VerificationResult>()
  const { busy, failure, send } = useSending()
  async function go() {
    setResult(undefined)
    await send(async () => {
      setResult(
        await post<VerificationResult>(`/v1/authorizations/${part(saved.id)}/verify`, {
          url,
          method,
        }),
      )
    })
  }
  return (
    <Section
      title="Verify"
      about="Calls an address with what is saved, once, and shows what came back. Nothing is logged."
    >
      {failure && !failure.at('/url') && <Notice tone="bad">{failure.message}</Notice>}
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <NativeSelect
          label="Method"
          description="As they want it."
          data={['GET', 'HEAD', 'POST']}
          value={method}
          onChange={(e) => setMethod(e.currentTarget.value)}
        />
        <TextInput
          label="URL"
          description="At one of its hosts, where a call changes nothing."
          className="grow"
          value={url}
          error={failure?.at('/url')}
          onChange={(e) => setUrl(e.currentTarget.value)}
        />
        <Button variant="default" mt={20} loading={busy} onClick={() => void go()}>
          Verify
        </Button>
      </div>
      {result && (
        <div className="stack" aria-live="polite">
          <div className="row">
            <Verdict ok={result.ok} words={result.sentence} />
            <span className="dim">{howLong(result.durationMs)}</span>
          </div>
          {result.request && <Request request={result.request} />}
          {result.response && <Answer response={result.response} />}
        </div>
      )}
    </Section>
  )
}

function Rotate({
  saved: authorization,
  etag,
  onClose,
}: {
  saved: Authorization
  etag: string | null
  onClose: () => void
}) {
  const client = useQueryClient()
  const [secret, setSecret] = useState<Secret>('')
  const [overlap, setOverlap] = useState('24h')
  const { busy, failure, send } = useSending()
  const overlaps = signs(authorization.kind)
  async function go() {
    await send(async () => {
      await ask('POST', `/v1/authorizations/${part(authorization.id)}/rotate`, {
        body: { secret, ...(overlaps ? { overlap } : {}) },
        ifMatch: etag,
      })
      done('The new secret is in use.')
      onClose()
      await client.invalidateQueries()
    })
  }
  return (
    <Modal opened onClose={onClose} title={`Rotate “${authorization.name}”`}>
      <form
        className="stack"
        onSubmit={(e) => {
          e.preventDefault()
          void go()
        }}
      >
        {failure && !failure.at('/secret') && <Notice tone="bad">{failure.message}</Notice>}
        <SecretInput
          label={`New secret (${kindWord(authorization.kind)})`}
          value={secret}
          error={failure?.at('/secret')}
          onChange={setSecret}
        />
        {overlaps && (
          <TextInput
            label="The former one signs too, for"
            description="Such as 24h, up to 168h; 0s ends it at once."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            value={overlap}
            error={failure?.at('/overlap')}
            onChange={(e) => setOverlap(e.currentTarget.value)}
          />
        )}
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={!secret}>
            Rotate
          </Button>
        </div>
      </form>
    </Modal>
  )
}
