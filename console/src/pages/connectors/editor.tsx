import { Tabs } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { Failure } from '~/api/failure'
import { useMay } from '~/api/session'
import { Lines, Notice, Page, Trouble } from '~/ui/page'
import { SaveBar } from '~/ui/save-bar'
import { ConnectorStatus } from '~/ui/status'
import { done } from '~/ui/toasts'
import { BulkDialog, type BulkWork } from './bulk'
import { Conflict } from './conflict'
import { documentOf, type Draft } from './draft'
import { type Editing, type Saved, useConnector, useEditing } from './editing'
import css from './editor.module.css'
import { useKnown } from './known'
import { ConnectorMenu } from './menu'
import { at } from './merge'
import { type Preview, PreviewPane, usePreview } from './preview'
import { Resumed } from './resumed'
import { Start } from './start'
import { AdaptorTab } from './tabs/adaptor'
import { GeneralTab } from './tabs/general'
import { LogsTab } from './tabs/logs'
import { PolicyTab } from './tabs/policy'
import { RequestTab } from './tabs/request'
import { ResponseTab } from './tabs/response'
import { RevisionsTab } from './tabs/revisions'
import { TestTab } from './tabs/test'
import { TriggersTab } from './tabs/triggers'
import type { Known } from '~/editor/tokens'

/** What every tab of settings is given. */
export interface TabProps {
  draft: Draft
  set: (change: Partial<Draft>) => void
  /** What is wrong at a place of the document. */
  error: (pointer: string) => string | undefined
  preview: Preview
  known: Known[]
  locked: boolean
}

interface TabOf {
  name: string
  title: string
  /** Where its settings stand in the document. */
  places: string[]
  /** Whether there is something of it before the first save. */
  early: boolean
  /** Whether the preview stands beside it. */
  preview: boolean
}

const TABS: TabOf[] = [
  {
    name: 'general',
    title: 'General',
    places: ['/name', '/method', '/url', '/authorization', '/signing'],
    early: true,
    preview: true,
  },
  {
    name: 'request',
    title: 'Request',
    places: ['/query', '/headers', '/body'],
    early: true,
    preview: true,
  },
  { name: 'adaptor', title: 'Adaptor', places: ['/adaptor'], early: true, preview: true },
  { name: 'triggers', title: 'Triggers', places: ['/triggers'], early: true, preview: false },
  {
    name: 'response',
    title: 'Response & outcome',
    places: ['/response', '/rules'],
    early: true,
    preview: false,
  },
  { name: 'policy', title: 'Policy', places: ['/policy', '/active'], early: true, preview: false },
  { name: 'test', title: 'Test', places: [], early: false, preview: false },
  { name: 'logs', title: 'Logs', places: [], early: false, preview: false },
  { name: 'revisions', title: 'Revisions', places: [], early: false, preview: false },
]

export default function Editor() {
  const { id } = useParams({ from: '/inside/connectors/$id' })
  const search = useSearch({ from: '/inside/connectors/$id' })
  const navigate = useNavigate({ from: '/connectors/$id' })
  const [first, setFirst] = useState<{ draft: Draft; notes: string[] }>()
  const starts = id === 'new' && !first && (search.from !== undefined || search.copy !== undefined)
  if (starts)
    return (
      <Start
        from={search.from}
        copy={search.copy}
        onDraft={(draft, notes) => {
          setFirst({ draft, notes })
          // After a reload it is what was typed that counts, and not how it began.
          void navigate({ search: {}, replace: true })
        }}
      />
    )
  return <Loaded key={id} id={id} first={first} />
}

function Loaded({ id, first }: { id: string; first?: { draft: Draft; notes: string[] } }) {
  const read = useConnector(id)
  const trail = <Link to="/connectors">Connectors</Link>
  if (id !== 'new' && read.isError && !read.data) {
    return (
      <Page title="Connector" trail={trail}>
        <Trouble error={read.error} again={() => void read.refetch()} />
      </Page>
    )
  }
  if (id !== 'new' && !read.data) {
    return (
      <Page title="Connector" trail={trail}>
        <Lines count={10} />
      </Page>
    )
  }
  return <Form id={id} saved={read.data} first={first} />
}

function Form({
  id,
  saved,
  first,
}: {
  id: string
  saved: Saved | undefined
  first?: { draft: Draft; notes: string[] }
}) {
  const editing = useEditing(id, saved, first?.draft)
  const { draft } = editing
  const search = useSearch({ from: '/inside/connectors/$id' })
  const navigate = useNavigate({ from: '/connectors/$id' })
  const may = useMay()
  const known = useKnown(draft)
  const preview = usePreview(id, draft)
  const [work, setWork] = useState<BulkWork>()
  const document = documentOf(draft)
  const nothing = id !== 'new' && !editing.dirty
  const tabs = TABS.filter((t) => id !== 'new' || t.early)
  const tab = tabs.find((t) => t.name === search.tab) ?? tabs[0]!

  async function save() {
    const connector = await editing.save()
    if (!connector) return
    done(id === 'new' ? `Made “${connector.name}”.` : `Saved “${connector.name}”.`)
    if (id === 'new') {
      await navigate({
        to: '/connectors/$id',
        params: { id: connector.id },
        search: {},
        replace: true,
      })
    }
  }

  useHotkeys([['mod+S', () => void (nothing || save())]], [], true)

  // A field that is still empty is not told to be wrong before somebody has tried to save.
  const error = (pointer: string) =>
    editing.failure?.at(pointer) ??
    (editing.dirty && at(document, pointer) ? preview.failure?.at(pointer) : undefined)

  const props: TabProps = {
    draft,
    set: editing.set,
    error,
    preview,
    known,
    locked: !may.change,
  }
  const connector = editing.saved?.connector
  const setsThings = tab.places.length > 0

  return (
    <Page
      title={draft.name || (id === 'new' ? 'New connector' : 'Connector')}
      trail={<Link to="/connectors">Connectors</Link>}
      beside={
        connector && <ConnectorStatus state={connector.state} reason={connector.stateReason} />
      }
      actions={
        connector && (
          <ConnectorMenu
            connector={connector}
            onDelete={() => setWork({ kind: 'delete', rows: [connector] })}
          />
        )
      }
    >
      {connector?.stateReason && connector.state !== 'INACTIVE' && (
        <Notice tone="warn">{connector.stateReason}</Notice>
      )}
      {[
        ...(first?.notes ?? []),
        ...(editing.notes.length ? editing.notes : (connector?.notes ?? [])),
      ].map((note) => (
        <Notice key={note}>{note}</Notice>
      ))}
      {editing.resumed && <Resumed editing={editing} />}
      {editing.theirs && <Conflict editing={editing} />}
      {editing.failure && editing.failure.status !== 412 && (
        <Notice tone="bad">
          {editing.failure.message}
          <WrongTabs failure={editing.failure} here={tab} />
        </Notice>
      )}
      <Tabs
        value={tab.name}
        onChange={(name) => void navigate({ search: { tab: name ?? undefined }, replace: true })}
        keepMounted={false}
      >
        <Tabs.List className={css.tabs}>
          {tabs.map((t) => (
            <Tabs.Tab key={t.name} value={t.name}>
              {t.title}
              {editing.failure?.below(...t.places) && (
                <span className={css.wrong}>
                  <span className="only-reader">has errors</span>
                </span>
              )}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab.name} className={css.panel}>
          <div className={setsThings && tab.preview && may.change ? css.split : undefined}>
            <div className={css.form}>
              <TabOne name={tab.name} id={id} props={props} editing={editing} />
            </div>
            {setsThings && tab.preview && may.change && <PreviewPane preview={preview} />}
          </div>
        </Tabs.Panel>
      </Tabs>
      {setsThings && may.change && (
        <SaveBar
          dirty={editing.dirty}
          busy={editing.busy}
          idle={nothing ? 'All is saved.' : 'Nothing is typed yet.'}
          action={id === 'new' ? 'Create Connector' : 'Save Connector'}
          disabled={nothing}
          onSave={() => void save()}
          onDiscard={editing.discard}
        />
      )}
      <Left work={work} setWork={setWork} />
    </Page>
  )
}

function TabOne({
  name,
  id,
  props,
  editing,
}: {
  name: string
  id: string
  props: TabProps
  editing: Editing
}) {
  switch (name) {
    case 'request':
      return <RequestTab {...props} />
    case 'adaptor':
      return <AdaptorTab {...props} />
    case 'triggers':
      return <TriggersTab {...props} />
    case 'response':
      return <ResponseTab {...props} />
    case 'policy':
      return <PolicyTab {...props} />
    case 'test':
      return <TestTab id={id} dirty={editing.dirty} />
    case 'logs':
      return <LogsTab id={id} />
    case 'revisions':
      return <RevisionsTab id={id} etag={editing.saved?.etag ?? null} dirty={editing.dirty} />
    default:
      return <GeneralTab {...props} />
  }
}

function WrongTabs({ failure, here }: { failure: Failure; here: TabOf }) {
  const others = TABS.filter((t) => t !== here && failure.below(...t.places))
  if (others.length === 0) return null
  return <> See {others.map((t) => t.title).join(' and ')}.</>
}

function Left({
  work,
  setWork,
}: {
  work: BulkWork | undefined
  setWork: (work?: BulkWork) => void
}) {
  const navigate = useNavigate()
  const [gone, setGone] = useState(false)
  useEffect(() => {
    if (gone) void navigate({ to: '/connectors', search: {} })
  }, [gone, navigate])
  return <BulkDialog work={work} onClose={() => setWork(undefined)} onDone={() => setGone(true)} />
}
