import { Button, Modal, NativeSelect, Select, TagsInput, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { IconRefresh, IconTrash } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { ask, part, post } from '~/api/client'
import type { Authorization, VerificationResult } from '~/api/contract'
import { useMay, useSessionState } from '~/api/session'
import { useSending } from '~/api/sending'
import type { Proof, Secret } from '~/pages/connectors/draft'
import { Answer, Request } from '~/ui/exchange'
import { Notice, Page, Section } from '~/ui/page'
import { CREDENTIALS, kindOf, newProof, ProofFields, SIGNATURES } from '~/ui/proof'
import { SecretInput } from '~/ui/secret'
import { Verdict } from '~/ui/status'
import { howLong } from '~/ui/times'
import { done, failed } from '~/ui/toasts'
import { Unread } from '~/ui/unread'
import { When } from '~/ui/when'
import { kindWord, signs } from './kinds'

interface Saved {
  authorization: Authorization
  etag: string | null
}

export default function OneAuthorization() {
  const { id } = useParams({ from: '/inside/authorizations/$id' })
  const { tenant } = useSessionState()
  const read = useQuery({
    queryKey: [tenant, 'authorization', id],
    queryFn: async (): Promise<Saved> => {
      const { data, etag } = await ask<Authorization>('GET', `/v1/authorizations/${part(id)}`)
      return { authorization: data, etag }
    },
    enabled: id !== 'new',
  })
  const trail = <Link to="/authorizations">Authorizations</Link>
  if (id !== 'new' && (read.isError || !read.data)) {
    return <Unread title="Authorization" trail={trail} read={read} />
  }
  return <Form key={`${id}${read.data?.etag ?? ''}`} id={id} saved={read.data} />
}

const OWN = ['id', 'name', 'hosts', 'overlapEndsAt', 'revision', 'createdAt', 'updatedAt', 'usedBy']

function proofOf(authorization: Authorization): Proof {
  return Object.fromEntries(
    Object.entries(authorization).filter(([name]) => !OWN.includes(name)),
  ) as Proof
}

function Form({ id, saved }: { id: string; saved?: Saved }) {
  const may = useMay()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState(saved?.authorization.name ?? '')
  const [hosts, setHosts] = useState<string[]>(saved?.authorization.hosts ?? [])
  const [proof, setProof] = useState<Proof>(
    saved ? proofOf(saved.authorization) : newProof('bearer'),
  )
  const { busy, failure, send } = useSending()
  const [window, setWindow] = useState<'rotate' | 'delete'>()
  const locked = !may.change

  async function save() {
    await send(async () => {
      const { data } = await ask<Authorization>(
        id === 'new' ? 'POST' : 'PUT',
        id === 'new' ? '/v1/authorizations' : `/v1/authorizations/${part(id)}`,
        { body: { name, hosts, ...proof }, ifMatch: saved?.etag },
      )
      done(`Saved “${data.name}”.`)
      await client.invalidateQueries()
      if (id === 'new')
        await navigate({ to: '/authorizations/$id', params: { id: data.id }, replace: true })
    })
  }

  useHotkeys([['mod+S', () => void (locked || save())]], [], true)

  async function remove() {
    try {
      await ask('DELETE', `/v1/authorizations/${part(id)}`)
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
      {failure && <Notice tone={failure.status === 412 ? 'warn' : 'bad'}>{failure.message}</Notice>}
      {saved?.authorization.overlapEndsAt && (
        <Notice>
          The former secret signs too; that ends <When at={saved.authorization.overlapEndsAt} />.
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
            onChange={(e) => setName(e.currentTarget.value)}
          />
          <TagsInput
            label="Hosts"
            description="Such as api.example.com, or api.example.com:8443. http://… where it may go unencrypted."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            disabled={locked || (saved !== undefined && !may.administer)}
            value={hosts}
            splitChars={[',', ' ']}
            acceptValueOnBlur
            error={
              failure?.at('/hosts') ??
              hosts.map((_, i) => failure?.at(`/hosts/${i}`)).find((e) => e !== undefined)
            }
            onChange={setHosts}
          />
        </Section>
        <Section title="Credential" about="Typed here, encrypted, never shown.">
          <Select
            label="Kind"
            description="What the third party asks for."
            allowDeselect={false}
            disabled={locked}
            value={kindOf(proof)}
            onChange={(kind) => kind && setProof(newProof(kind))}
            data={[
              { group: 'Credentials', items: CREDENTIALS },
              { group: 'Signatures', items: SIGNATURES },
            ]}
          />
          <ProofFields
            proof={proof}
            onChange={setProof}
            disabled={locked}
            error={(m) => failure?.at(`/${m}`)}
          />
        </Section>
        {saved && (
          <Section title="Used by" about="What stops working without it.">
            {(saved.authorization.usedBy ?? []).length === 0 ? (
              <p className="dim">No connector uses it.</p>
            ) : (
              <p>
                {saved.authorization.usedBy!.map((c, i) => (
                  <Fragment key={c.id}>
                    {i > 0 && ', '}
                    <Link to="/connectors/$id" params={{ id: c.id }} search={{}}>
                      {c.name}
                    </Link>
                  </Fragment>
                ))}
              </p>
            )}
          </Section>
        )}
        {may.change && (
          <div className="row" style={{ padding: '12px 0' }}>
            <span className="grow" />
            <Button loading={busy} onClick={() => void save()}>
              Save Authorization
            </Button>
          </div>
        )}
        {saved && may.change && <Verify saved={saved.authorization} />}
      </div>
      {saved && window === 'rotate' && (
        <Rotate saved={saved} onClose={() => setWindow(undefined)} />
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

function Rotate({ saved, onClose }: { saved: Saved; onClose: () => void }) {
  const client = useQueryClient()
  const { authorization } = saved
  const [secret, setSecret] = useState<Secret>('')
  const [overlap, setOverlap] = useState('24h')
  const { busy, failure, send } = useSending()
  const overlaps = signs(authorization.kind)
  async function go() {
    await send(async () => {
      await ask('POST', `/v1/authorizations/${part(authorization.id)}/rotate`, {
        body: { secret, ...(overlaps ? { overlap } : {}) },
        ifMatch: saved.etag,
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
