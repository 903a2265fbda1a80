import { Tabs } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { part } from '~/api/client'
import type { Binding, Command } from '~/api/contract'
import css from '~/pages/connectors/editor.module.css'
import { RunsLog } from '~/pages/runs/log'
import { useMay } from '~/api/session'
import { Lines, Notice, Page, Trouble } from '~/ui/page'
import { BindingTab, bindingPath } from './binding'
import { DefinitionForm } from './definition'
import { useVersion, type Version } from './editing'
import { Bound } from './list'
import { RunTab } from './run'

const TABS = [
  { name: 'binding', title: 'Binding' },
  { name: 'run', title: 'Run it' },
  { name: 'runs', title: 'Runs' },
  { name: 'definition', title: 'Definition' },
]

export default function OneCommand() {
  const { name } = useParams({ from: '/inside/commands/$name' })
  return name === 'new' ? <NewCommand /> : <Loaded key={name} name={name} />
}

function NewCommand() {
  const may = useMay()
  return (
    <Page
      title="New command"
      trail={<Link to="/commands">Commands</Link>}
      about="What products ask for now, while somebody waits, such as a document that another system has."
    >
      {may.operate ? (
        <DefinitionForm name={null} read={{ document: null, etag: null }} />
      ) : (
        <Notice>Only the operator of this hub defines commands.</Notice>
      )}
    </Page>
  )
}

function Loaded({ name }: { name: string }) {
  const command = useVersion<Command>(`/v1/commands/${part(name)}`)
  const binding = useVersion<Binding>(bindingPath(name))
  const search = useSearch({ from: '/inside/commands/$name' })
  const navigate = useNavigate({ from: '/commands/$name' })
  const tab = TABS.find((t) => t.name === search.tab) ?? TABS[0]!
  const trail = <Link to="/commands">Commands</Link>
  const broken = [command, binding].find((q) => q.isError && !q.data)

  if (broken) {
    return (
      <Page title={name} trail={trail}>
        <Trouble
          error={broken.error}
          again={() => void Promise.all([command.refetch(), binding.refetch()])}
        />
      </Page>
    )
  }
  if (!command.data || !binding.data) {
    return (
      <Page title={name} trail={trail}>
        <Lines count={10} />
      </Page>
    )
  }
  if (!command.data.document) {
    return (
      <Page title={name} trail={trail}>
        <Notice tone="warn">
          There is no command of this name, or you may not use it. Names are case-sensitive.
        </Notice>
      </Page>
    )
  }
  const one = command.data.document
  const bound = binding.data.document
  return (
    <Page
      title={one.name}
      trail={trail}
      about={one.sentence}
      beside={<Bound bound={bound !== null} active={bound?.active} />}
    >
      <Tabs
        value={tab.name}
        onChange={(next) =>
          void navigate({ search: { tab: next === 'binding' ? undefined : (next ?? undefined) } })
        }
        keepMounted={false}
      >
        <Tabs.List className={css.tabs}>
          {TABS.map((t) => (
            <Tabs.Tab key={t.name} value={t.name}>
              {t.title}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab.name} className={css.panel}>
          <TabOne name={tab.name} command={one} version={command.data} binding={binding.data} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function TabOne({
  name,
  command,
  version,
  binding,
}: {
  name: string
  command: Command
  version: Version<Command>
  binding: Version<Binding>
}) {
  const search = useSearch({ from: '/inside/commands/$name' })
  const navigate = useNavigate({ from: '/commands/$name' })
  switch (name) {
    case 'run':
      return <RunTab command={command} binding={binding.document} />
    case 'runs':
      return (
        <RunsLog
          search={{ ...search, command: command.name }}
          show={(change) =>
            void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
          }
          ofOne
        />
      )
    case 'definition':
      return <DefinitionForm name={command.name} read={version} />
    default:
      return <BindingTab command={command} read={binding} />
  }
}
