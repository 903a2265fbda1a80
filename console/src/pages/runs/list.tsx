import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Page } from '~/ui/page'
import { RunsLog } from './log'

export default function Runs() {
  const search = useSearch({ from: '/inside/runs' })
  const navigate = useNavigate({ from: '/runs' })
  return (
    <Page
      title="Runs"
      trail={<Link to="/commands">Commands</Link>}
      about="Commands that were asked for, and what came of each."
    >
      <RunsLog
        search={search}
        show={(change) =>
          void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
        }
      />
    </Page>
  )
}
