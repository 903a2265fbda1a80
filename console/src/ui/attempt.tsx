import { Button, Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useOne } from '~/api/lists'
import type { Attempt } from '~/api/contract'
import { part } from '~/api/client'
import { HIDDEN } from '~/api/types'
import css from './attempt.module.css'
import { Answer, Request } from './exchange'
import { Facts, Lines, Notice, Trouble } from './page'
import { OutcomeStatus } from './status'
import { howLong } from './times'
import { When } from './when'

/** An attempt as the log has it: what was sent, and what came back. */
export function AttemptBody({ attempt }: { attempt: Attempt }) {
  return (
    <div className="stack" style={{ gap: 20 }}>
      <Facts
        of={[
          ['Outcome', <OutcomeStatus key="o" outcome={attempt.outcome} />],
          ['Attempt', `${attempt.number}`],
          ['Started', <When key="w" at={attempt.startedAt} />],
          ['Took', howLong(attempt.durationMs)],
          ...(attempt.rule
            ? ([['Rule', attempt.rule.name ?? `number ${attempt.rule.number}`]] as [
                string,
                string,
              ][])
            : []),
        ]}
      />
      {attempt.error && attempt.error !== HIDDEN && (
        <Notice tone={attempt.outcome === 'SUCCESS' ? 'warn' : 'bad'}>{attempt.error}</Notice>
      )}
      <div>
        <h2>Request</h2>
        {attempt.request === null ? (
          <p className="dim">None could be made.</p>
        ) : 'hidden' in attempt.request ? (
          <Hidden />
        ) : (
          <Request request={attempt.request} />
        )}
      </div>
      <div>
        <h2>Response</h2>
        {attempt.response === null ? (
          <p className="dim">No answer came.</p>
        ) : 'hidden' in attempt.response ? (
          <Hidden />
        ) : (
          <Answer response={attempt.response} />
        )}
      </div>
    </div>
  )
}

/** In place of what somebody without the right to payloads must not see. */
export function Hidden({ what = 'what was sent and what came back' }: { what?: string }) {
  return (
    <Notice>
      Your role does not show {what}. An admin can let you see it, in Settings under Users.
    </Notice>
  )
}

/** “Input data”: one attempt in a window of its own. */
export function AttemptWindow({
  id,
  onClose,
  action,
}: {
  id: string | undefined
  onClose: () => void
  /** What else can be done there, at the left of Close. */
  action?: (attempt: Attempt) => ReactNode
}) {
  return (
    <Modal opened={id !== undefined} onClose={onClose} title="Input data" size={860}>
      {id && <Loaded id={id} action={action} onClose={onClose} />}
    </Modal>
  )
}

function Loaded({
  id,
  onClose,
  action,
}: {
  id: string
  onClose: () => void
  action?: (attempt: Attempt) => ReactNode
}) {
  const read = useOne<Attempt>(`/v1/attempts/${part(id)}`)
  return (
    <>
      {read.isError && !read.data ? (
        <Trouble error={read.error} again={() => void read.refetch()} />
      ) : read.data ? (
        <AttemptBody attempt={read.data} />
      ) : (
        <Lines count={10} />
      )}
      <div className={css.foot}>
        {read.data && action?.(read.data)}
        <Button variant="default" onClick={onClose}>
          Close
        </Button>
      </div>
    </>
  )
}
