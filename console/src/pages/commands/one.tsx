import { Button, Modal, NativeSelect, Switch, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { IconArrowDown, IconArrowUp, IconFlask, IconPlus, IconTrash } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ask, part, post } from '~/api/client'
import type { Binding, BindingTestResult, Command, Connector, RunSummary } from '~/api/contract'
import { Failure } from '~/api/failure'
import { useOne, usePage } from '~/api/lists'
import { useMay, useSessionState } from '~/api/session'
import { CodeField } from '~/editor/code'
import type { Known } from '~/editor/tokens'
import { METHODS } from '~/pages/connectors/quick'
import { WhoFields } from '~/pages/connectors/who'
import { Message } from '~/ui/exchange'
import { Lines, Notice, Page, Section, Trouble } from '~/ui/page'
import { CREDENTIALS } from '~/ui/proof'
import { Rows } from '~/ui/rows'
import { HttpStatus, Method, OnOff, Verdict } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { bytes, howLong } from '~/ui/times'
import { done, failed } from '~/ui/toasts'
import { When } from '~/ui/when'
import css from './one.module.css'
import { RunHere } from './run'
import { documentTarget, newTarget, type Target, targetOf } from './targets'

interface Saved {
  binding: Binding
  etag: string | null
}

export default function OneCommand() {
  const { name } = useParams({ from: '/inside/commands/$name' })
  const { tenant } = useSessionState()
  const path = `/v1/commands/${part(name)}`
  const command = useOne<Command>(path)
  const binding = useQuery({
    queryKey: [tenant, 'binding', name],
    queryFn: async (): Promise<Saved | null> => {
      try {
        const { data, etag } = await ask<Binding>('GET', `${path}/binding`)
        return { binding: data, etag }
      } catch (e) {
        if (e instanceof Failure && e.status === 404) return null
        throw e
      }
    },
  })
  const trail = <Link to="/commands">Commands</Link>
  const error = command.error ?? binding.error
  if (error) {
    return (
      <Page title={name} trail={trail}>
        <Trouble
          error={error}
          again={() => void Promise.all([command.refetch(), binding.refetch()])}
        />
      </Page>
    )
  }
  if (!command.data || binding.data === undefined) {
    return (
      <Page title={name} trail={trail}>
        <Lines />
      </Page>
    )
  }
  return <Form key={binding.data?.etag ?? 'none'} command={command.data} saved={binding.data} />
}

function Form({ command, saved }: { command: Command; saved: Saved | null }) {
  const may = useMay()
  const client = useQueryClient()
  const path = `/v1/commands/${part(command.name)}`
  const [targets, setTargets] = useState<Target[]>(() =>
    saved
      ? saved.binding.targets.map((t) => targetOf(t as Record<string, unknown>))
      : [newTarget()],
  )
  const [active, setActive] = useState(saved?.binding.active ?? true)
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState<'save' | 'test'>()
  const [tested, setTested] = useState<BindingTestResult>()
  const [removing, setRemoving] = useState(false)
  const connectors = usePage<Connector>('/v1/connectors', { limit: 200, sort: 'name' })
  const known: Known[] = command.inputs.map((i) => ({
    name: i.name,
    detail: i.description ?? i.type ?? 'text',
  }))
  const document = {
    active,
    targets: targets.map(documentTarget),
    ...(saved
      ? { deadline: saved.binding.deadline, keepDocuments: saved.binding.keepDocuments }
      : {}),
  }
  const locked = !may.change
  const [inputs, setInputs] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(command.inputs.map((i) => [i.name, i.example ?? ''])),
  )

  const change = (i: number, target: Target) =>
    setTargets(targets.map((t, at) => (at === i ? target : t)))
  const move = (i: number, by: number) => {
    const next = [...targets]
    const [one] = next.splice(i, 1)
    next.splice(i + by, 0, one!)
    setTargets(next)
  }

  async function attempt(kind: 'save' | 'test', what: () => Promise<void>) {
    setBusy(kind)
    setFailure(undefined)
    try {
      await what()
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      setFailure(e)
    } finally {
      setBusy(undefined)
    }
  }

  const save = () =>
    attempt('save', async () => {
      await ask('PUT', `${path}/binding`, { body: document, ifMatch: saved?.etag })
      done(`Saved. ${command.name} uses it from now on.`)
      await client.invalidateQueries()
    })

  const test = () =>
    attempt('test', async () => {
      setTested(
        await post<BindingTestResult>(`${path}/test`, {
          dryRun: true,
          inputs: filled(inputs),
          binding: document,
        }),
      )
    })

  async function remove() {
    setRemoving(false)
    try {
      await ask('DELETE', `${path}/binding`)
      done(`${command.name} is not configured any more.`)
      await client.invalidateQueries()
    } catch (e) {
      failed(e)
    }
  }

  /** What is wrong, whether the request was saved or tested. */
  const error = (pointer: string) => failure?.at(pointer) ?? failure?.at(`/binding${pointer}`)

  return (
    <Page
      title={command.name}
      trail={<Link to="/commands">Commands</Link>}
      about={command.sentence}
      beside={
        <OnOff
          on={saved?.binding.active ?? false}
          words={['Active', saved ? 'Off' : 'Not configured']}
        />
      }
      actions={
        saved &&
        may.change && (
          <Button
            variant="default"
            leftSection={<IconTrash size={14} />}
            onClick={() => setRemoving(true)}
          >
            Remove
          </Button>
        )
      }
    >
      {failure && <Notice tone={failure.status === 412 ? 'warn' : 'bad'}>{failure.message}</Notice>}
      {saved?.binding.notes.map((note) => (
        <Notice key={note}>{note}</Notice>
      ))}
      <div className={css.split}>
        <div style={{ minWidth: 0 }}>
          {targets.map((target, i) => (
            <Section
              key={i}
              title={targets.length > 1 ? `${i + 1}. Web request` : 'Web request'}
              about={
                <>
                  {i === 0
                    ? 'When the command is used, this request is sent.'
                    : 'Asked when the one before has no such thing.'}
                  {!locked && targets.length > 1 && (
                    <Button.Group mt={8}>
                      <Button
                        size="xs"
                        variant="default"
                        aria-label="Ask earlier"
                        disabled={i === 0}
                        onClick={() => move(i, -1)}
                      >
                        <IconArrowUp size={13} />
                      </Button>
                      <Button
                        size="xs"
                        variant="default"
                        aria-label="Ask later"
                        disabled={i === targets.length - 1}
                        onClick={() => move(i, 1)}
                      >
                        <IconArrowDown size={13} />
                      </Button>
                      <Button
                        size="xs"
                        variant="default"
                        aria-label={`Remove web request ${i + 1}`}
                        onClick={() => setTargets(targets.filter((_, at) => at !== i))}
                      >
                        <IconTrash size={13} />
                      </Button>
                    </Button.Group>
                  )}
                </>
              }
            >
              <NativeSelect
                label="Sent as"
                disabled={locked}
                value={target.kind === 'shared' ? target.connector : ''}
                error={error(`/targets/${i}/connector`)}
                onChange={(e) => {
                  const connector = e.currentTarget.value
                  change(
                    i,
                    connector
                      ? { kind: 'shared', connector, notFound: target.notFound }
                      : newTarget(),
                  )
                }}
                data={[
                  { value: '', label: 'A web request of its own' },
                  ...(connectors.data?.data ?? []).map((c) => ({
                    value: c.id,
                    label: `Connector ${c.name}`,
                  })),
                ]}
              />
              {target.kind === 'own' && (
                <OwnRequest
                  target={target}
                  place={`/targets/${i}`}
                  error={error}
                  known={known}
                  locked={locked}
                  onChange={(next) => change(i, next)}
                />
              )}
            </Section>
          ))}
          {!locked && targets.length < 5 && (
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconPlus size={13} />}
              onClick={() => setTargets([...targets, newTarget()])}
            >
              Add a fall-back
            </Button>
          )}
          <Section title="Status">
            <Switch
              label={active ? 'The command may be run' : 'The command is off'}
              disabled={locked}
              checked={active}
              onChange={(e) => setActive(e.currentTarget.checked)}
            />
          </Section>
          {!locked && (
            <div className={css.bar}>
              <span className="grow" />
              <Button
                variant="default"
                leftSection={<IconFlask size={14} />}
                loading={busy === 'test'}
                onClick={() => void test()}
              >
                Only show the request
              </Button>
              <Button loading={busy === 'save'} onClick={() => void save()}>
                Save
              </Button>
            </div>
          )}
          {tested && <Tested result={tested} />}
        </div>
        <aside className={css.side}>
          <section aria-label="Tokens" className="stack">
            <h2>Tokens</h2>
            <p className="dim">They are case-sensitive and filled from each run.</p>
            <dl className={css.tokens}>
              {command.inputs.map((i) => (
                <div key={i.name}>
                  <dt>
                    <code>{`{{${i.name}}}`}</code>
                  </dt>
                  <dd className="dim">
                    {i.description ?? i.type}
                    {i.required === false && ' (may be absent)'}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
          <RunHere
            command={command}
            inputs={inputs}
            onInputs={setInputs}
            can={may.change && saved !== null && saved.binding.active}
            onRun={() =>
              void client.invalidateQueries({ predicate: (q) => q.queryKey[1] === '/v1/runs' })
            }
          />
        </aside>
      </div>
      <Runs command={command.name} />
      <Modal
        opened={removing}
        onClose={() => setRemoving(false)}
        title={`Remove how ${command.name} is asked?`}
      >
        <p>The command can’t be run until it is configured again.</p>
        <div className="row" style={{ justifyContent: 'flex-end', marginTop: 16 }}>
          <Button variant="default" onClick={() => setRemoving(false)}>
            Cancel
          </Button>
          <Button data-danger onClick={() => void remove()}>
            Remove
          </Button>
        </div>
      </Modal>
    </Page>
  )
}

/** Inputs without those that were left empty. */
export function filled(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(inputs).filter(([, v]) => v !== ''))
}

function OwnRequest({
  target,
  place,
  error,
  known,
  locked,
  onChange,
}: {
  target: Extract<Target, { kind: 'own' }>
  place: string
  error: (pointer: string) => string | undefined
  known: Known[]
  locked: boolean
  onChange: (target: Target) => void
}) {
  const { draft } = target
  const set = (change: Partial<typeof draft>) =>
    onChange({ ...target, draft: { ...draft, ...change } })
  const plain = draft.bodyType === 'raw'
  return (
    <>
      <div className={css.url}>
        <NativeSelect
          label="Method"
          disabled={locked}
          data={METHODS}
          value={draft.method}
          onChange={(e) => set({ method: e.currentTarget.value })}
        />
        <CodeField
          label="URL (tokens allowed)"
          value={draft.url}
          known={known}
          readOnly={locked}
          placeholder="https://mycustomintegration.example.com/items/{{InvoiceNumber}}"
          help="Each value is encoded where it stands."
          error={error(`${place}/url`)}
          onChange={(url) => set({ url })}
        />
      </div>
      <div>
        <h3>Body</h3>
        <p className="dim">
          Additional data to be sent with a POST request. If your server requires the appropriate
          Content-Type header to process the data, add a Content-Type header.
        </p>
      </div>
      {draft.method === 'GET' || draft.method === 'HEAD' ? (
        <p className="dim">{draft.method} sends no body.</p>
      ) : plain ? (
        <CodeField
          label="Raw request body, for example form data or JSON content (tokens allowed)"
          lines={5}
          value={draft.template}
          known={known}
          readOnly={locked}
          error={error(`${place}/body/template`) ?? error(`${place}/body`)}
          onChange={(template) => set({ template })}
        />
      ) : (
        <p className="dim">
          This body was made of {draft.bodyType.toUpperCase()} over the API and stays as it is.{' '}
          {!locked && (
            <Button
              size="xs"
              variant="subtle"
              onClick={() => set({ bodyType: 'raw', bodyMode: 'template', template: '' })}
            >
              Write a raw one instead
            </Button>
          )}
        </p>
      )}
      <div>
        <h3>Headers</h3>
        <p className="dim">Additional headers to be sent with the request.</p>
      </div>
      <Rows
        noun="Header"
        nameTitle="Header Key"
        valueTitle="Header Value"
        add="ADD HEADER"
        rows={draft.headers}
        known={known}
        disabled={locked}
        error={(i, p) => error(`${place}/headers/${i}/${p}`)}
        onChange={(headers) => set({ headers })}
      />
      <WhoFields
        label="Authorization"
        who={draft.authorization}
        kinds={CREDENTIALS}
        place={`${place}/authorization`}
        signing={false}
        error={error}
        locked={locked}
        onChange={(authorization) => set({ authorization })}
      />
      <div className={css.two}>
        <TextInput
          label="Name"
          placeholder="for the log"
          disabled={locked}
          value={draft.name}
          error={error(`${place}/name`)}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
        <TextInput
          label="Longest call"
          placeholder="30s"
          disabled={locked}
          value={target.timeout}
          error={error(`${place}/policy/timeout`)}
          onChange={(e) => onChange({ ...target, timeout: e.currentTarget.value })}
        />
      </div>
    </>
  )
}

function Tested({ result }: { result: BindingTestResult }) {
  return (
    <section className="stack" aria-label="What would be sent" aria-live="polite">
      <h2>What would be sent</h2>
      {result.results.map((r) => (
        <div key={r.target} className="stack">
          <strong>{r.name}</strong>
          {r.problem && <Notice tone="bad">{r.problem.detail}</Notice>}
          {r.request && (
            <Message
              label={`Request ${r.target}`}
              first={
                <>
                  <Method method={r.request.method} /> <code>{r.request.url}</code>
                </>
              }
              headers={r.request.headers}
              body={r.request.body?.text ?? null}
              size={r.request.body?.size ?? 0}
            />
          )}
        </div>
      ))}
    </section>
  )
}

const columns: Column<RunSummary>[] = [
  { key: 'at', title: 'Time', width: 120, phone: 'title', cell: (r) => <When at={r.startedAt} /> },
  {
    key: 'outcome',
    title: 'Outcome',
    width: 170,
    cell: (r) => (
      <Verdict
        ok={r.outcome === 'ANSWERED'}
        words={r.outcome.charAt(0) + r.outcome.slice(1).toLowerCase().replaceAll('_', ' ')}
      />
    ),
  },
  { key: 'status', title: 'Answer', width: 80, cell: (r) => <HttpStatus status={r.status} /> },
  {
    key: 'type',
    title: 'What',
    cell: (r) =>
      r.contentType ? <code>{r.contentType}</code> : <span className="dim">{r.error}</span>,
  },
  {
    key: 'size',
    title: 'Size',
    width: 90,
    align: 'right',
    phone: 'hide',
    cell: (r) => (r.size === null ? '–' : bytes(r.size)),
  },
  { key: 'took', title: 'Took', width: 80, align: 'right', cell: (r) => howLong(r.durationMs) },
]

function Runs({ command }: { command: string }) {
  const page = usePage<RunSummary>('/v1/runs', { command, limit: 20 }, { every: 10_000 })
  if (!page.data || page.data.data.length === 0) return null
  return (
    <section className="stack" aria-label="Latest runs">
      <h2>Latest runs</h2>
      <Table label="Latest runs" columns={columns} rows={page.data.data} rowKey={(r) => r.id} />
    </section>
  )
}
