import { Link, useParams } from '@tanstack/react-router'
import { part } from '~/api/client'
import type { AskedTarget, Run } from '~/api/contract'
import { useOne } from '~/api/lists'
import { Answer, Request } from '~/ui/exchange'
import { Facts, Lines, Notice, Page, Trouble } from '~/ui/page'
import { OutcomeStatus, RunStatus } from '~/ui/status'
import { bytes, howLong } from '~/ui/times'
import { When } from '~/ui/when'
import { askerOf } from './log'

export default function OneRun() {
  const { id } = useParams({ from: '/inside/runs/$id' })
  const read = useOne<Run>(`/v1/runs/${part(id)}`)
  const run = read.data
  if (!run) {
    return (
      <Page title="Run" trail={<Link to="/runs">Runs</Link>}>
        {read.isError ? (
          <Trouble error={read.error} again={() => void read.refetch()} />
        ) : (
          <Lines count={8} />
        )}
      </Page>
    )
  }
  return (
    <Page
      title={`Run of ${run.command}`}
      trail={
        <Link to="/commands/$name" params={{ name: run.command }} search={{ tab: 'runs' }}>
          {run.command}
        </Link>
      }
      beside={<RunStatus outcome={run.outcome} />}
    >
      {run.error && (
        <Notice tone={run.outcome === 'NOT_FOUND' || run.outcome === 'GONE' ? 'warn' : 'bad'}>
          {run.error}
        </Notice>
      )}
      <Facts
        of={[
          ['Run', <code key="i">{run.id}</code>],
          ['Asked by', askerOf(run.askedBy)],
          ['Started', <When key="w" at={run.startedAt} />],
          ['Took', howLong(run.durationMs)],
          ['Answered to the caller', run.status === null ? 'nothing' : String(run.status)],
          [
            'What went to the caller',
            run.size === null ? 'nothing' : `${run.contentType ?? ''} ${bytes(run.size)}`,
          ],
        ]}
      />
      {run.targets.map((target, i) => (
        <Target key={i} target={target} place={run.targets.length > 1 ? i + 1 : null} />
      ))}
    </Page>
  )
}

/** A run’s answer is passed on and not read for values. */
const NOT_READ = {
  type: 'auto',
  parsed: null,
  lenient: false,
  value: null,
  values: {},
  note: null,
} as const

/** What one target was asked, and what it said. */
function Target({ target, place }: { target: AskedTarget; place: number | null }) {
  const { request, response } = target
  return (
    <section
      className="stack"
      aria-label={target.target}
      style={{ gap: 16, paddingTop: 16, borderTop: '1px solid var(--line)' }}
    >
      <div className="row" style={{ flexWrap: 'wrap', gap: 12 }}>
        <h2>
          {place !== null && `${place}. `}
          {target.connector ? (
            <Link to="/connectors/$id" params={{ id: target.connector }} search={{}}>
              {target.target}
            </Link>
          ) : (
            target.target
          )}
        </h2>
        {target.outcome === 'IGNORE' ? (
          <RunStatus outcome="NOT_FOUND" />
        ) : (
          <OutcomeStatus outcome={target.outcome} />
        )}
        <span className="dim num">{howLong(target.durationMs)}</span>
      </div>
      {target.error && <Notice tone="warn">{target.error}</Notice>}
      <div>
        <h3>Request</h3>
        {request === null ? (
          <p className="dim">Nothing was sent.</p>
        ) : 'hidden' in request ? (
          <Hidden />
        ) : (
          <Request request={request} />
        )}
      </div>
      <div>
        <h3>Response</h3>
        {response === null ? (
          <p className="dim">No answer came.</p>
        ) : 'hidden' in response ? (
          <Hidden />
        ) : (
          <>
            <Answer response={{ ...NOT_READ, ...response }} />
            {response.body === '' && response.bodySize > 0 && (
              <p className="dim">
                {bytes(response.bodySize)} came. Documents are kept in the log only where the
                binding says so.
              </p>
            )}
          </>
        )}
      </div>
    </section>
  )
}

function Hidden() {
  return <p className="dim">You may not see what is sent and answered.</p>
}
