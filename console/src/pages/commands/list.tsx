import { IconTerminal2 } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import type { Command } from '~/api/contract'
import { usePage } from '~/api/lists'
import { Empty, Page, Trouble } from '~/ui/page'
import { OnOff } from '~/ui/status'
import { type Column, Table } from '~/ui/table'
import { answerWord } from './words'

const columns: Column<Command>[] = [
  {
    key: 'name',
    title: 'Command',
    width: 220,
    phone: 'title',
    cell: (c) => (
      <Link to="/commands/$name" params={{ name: c.name }} style={{ fontWeight: 500 }}>
        {c.name}
      </Link>
    ),
  },
  { key: 'sentence', title: 'What it does', cell: (c) => c.sentence },
  {
    key: 'inputs',
    title: 'Tokens',
    from: 'medium',
    phone: 'hide',
    cell: (c) => <code className="dim">{c.inputs.map((i) => `{{${i.name}}}`).join(' ')}</code>,
  },
  {
    key: 'answer',
    title: 'Answer',
    width: 130,
    phone: 'hide',
    cell: (c) => answerWord(c.answer.type),
  },
  {
    key: 'bound',
    title: 'Status',
    width: 140,
    cell: (c) => <OnOff on={c.bound ?? false} words={['Configured', 'Not configured']} />,
  },
]

/** What a product may ask third parties for, while somebody waits. */
export default function Commands() {
  const navigate = useNavigate()
  const page = usePage<Command>('/v1/commands', { limit: 200, sort: 'createdAt' })
  return (
    <Page
      title="Commands"
      about="What your product asks third parties for while somebody waits, such as an invoice’s PDF. Each needs a web request."
    >
      {page.isError && <Trouble error={page.error} again={() => void page.refetch()} />}
      <Table
        label="Commands"
        columns={columns}
        rows={page.data?.data}
        rowKey={(c) => c.name}
        expected={2}
        onOpen={(c) => void navigate({ to: '/commands/$name', params: { name: c.name } })}
        empty={
          <Empty icon={IconTerminal2} title="No command">
            The operator defines which commands there are.
          </Empty>
        }
      />
    </Page>
  )
}
