import {
  IconAlertTriangle,
  IconBan,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconCircleX,
  IconClock,
  IconHourglass,
  IconDoorExit,
  IconPlugConnectedX,
  IconZoomExclamation,
  IconKey,
  IconPlayerPause,
  IconRefresh,
  IconSend,
  IconEyeOff,
  type TablerIcon,
} from '@tabler/icons-react'
import type { Delivery, Outcome, RunOutcome } from '~/api/contract'
import css from './status.module.css'

type Tone = 'ok' | 'warn' | 'bad' | 'idle' | 'accent'

interface Look {
  word: string
  tone: Tone
  icon: TablerIcon
}

const connectorStates: Record<string, Look> = {
  ACTIVE: { word: 'Active', tone: 'ok', icon: IconCircleCheck },
  INACTIVE: { word: 'Disabled', tone: 'idle', icon: IconPlayerPause },
  NEEDS_AUTH: { word: 'Needs authorization', tone: 'warn', icon: IconKey },
  DISABLED: { word: 'Switched off', tone: 'bad', icon: IconBan },
}

const deliveryStates: Record<Delivery['state'], Look> = {
  WAITING: { word: 'Waiting', tone: 'idle', icon: IconClock },
  SENDING: { word: 'Sending', tone: 'accent', icon: IconSend },
  RETRYING: { word: 'Retrying', tone: 'warn', icon: IconRefresh },
  HELD: { word: 'Held', tone: 'warn', icon: IconPlayerPause },
  SUCCEEDED: { word: 'Succeeded', tone: 'ok', icon: IconCircleCheck },
  IGNORED: { word: 'Ignored', tone: 'idle', icon: IconCircleMinus },
  FAILED: { word: 'Failed', tone: 'bad', icon: IconCircleX },
  CANCELLED: { word: 'Cancelled', tone: 'idle', icon: IconBan },
  SUPPRESSED: { word: 'Left out', tone: 'idle', icon: IconEyeOff },
}

const outcomes: Record<Outcome, Look> = {
  SUCCESS: { word: 'Success', tone: 'ok', icon: IconCircleCheck },
  RETRY: { word: 'To be repeated', tone: 'warn', icon: IconRefresh },
  FAIL: { word: 'Failed', tone: 'bad', icon: IconCircleX },
  IGNORE: { word: 'Ignored', tone: 'idle', icon: IconCircleMinus },
  RATE_LIMITED: { word: 'Rate limited', tone: 'warn', icon: IconHourglass },
  AUTH_EXPIRED: { word: 'Authorization refused', tone: 'warn', icon: IconKey },
  DISABLE: { word: 'Wants no more', tone: 'bad', icon: IconBan },
}

const runs: Record<RunOutcome, Look> = {
  ANSWERED: { word: 'Answered', tone: 'ok', icon: IconCircleCheck },
  NOT_FOUND: { word: 'Nothing found', tone: 'idle', icon: IconZoomExclamation },
  FAILED: { word: 'Failed', tone: 'bad', icon: IconCircleX },
  TIMEOUT: { word: 'Timed out', tone: 'bad', icon: IconClock },
  RATE_LIMITED: { word: 'Rate limited', tone: 'warn', icon: IconHourglass },
  BROKEN: { word: 'Broke off', tone: 'bad', icon: IconPlugConnectedX },
  GONE: { word: 'Caller went away', tone: 'idle', icon: IconDoorExit },
  STOPPED: { word: 'Hub was stopped', tone: 'warn', icon: IconPlayerPause },
}

/** Values that a later hub may have look like this. */
function unknown(word: string): Look {
  return {
    word: word.charAt(0) + word.slice(1).toLowerCase().replaceAll('_', ' '),
    tone: 'idle',
    icon: IconCircleDashed,
  }
}

function Badge({ look, title, count }: { look: Look; title?: string | null; count?: number }) {
  const Icon = look.icon
  const words = count === undefined ? look.word : `${count} ${look.word.toLowerCase()}`
  return (
    <span className={css.status} data-tone={look.tone} title={title ?? undefined}>
      <Icon size={14} stroke={2} aria-hidden />
      <span>{words}</span>
    </span>
  )
}

/** What a connector is doing. */
export function ConnectorStatus({ state, reason }: { state: string; reason?: string | null }) {
  return <Badge look={connectorStates[state] ?? unknown(state)} title={reason} />
}

/** Where a delivery stands, or how many stand so. */
export function DeliveryStatus({
  state,
  reason,
  count,
}: {
  state: Delivery['state']
  reason?: string | null
  count?: number
}) {
  const look = deliveryStates[state] ?? unknown(state)
  return <Badge look={look} title={reason} count={count} />
}

/** What an attempt came to. */
export function OutcomeStatus({ outcome, reason }: { outcome: Outcome; reason?: string | null }) {
  return <Badge look={outcomes[outcome] ?? unknown(outcome)} title={reason} />
}

/** What a run of a command came to. */
export function RunStatus({ outcome, reason }: { outcome: RunOutcome; reason?: string | null }) {
  return <Badge look={runs[outcome] ?? unknown(outcome)} title={reason} />
}

export function runWord(outcome: RunOutcome): string {
  return (runs[outcome] ?? unknown(outcome)).word
}

/** Anything else that is well or not. */
export function Verdict({ ok, words }: { ok: boolean; words: string }) {
  return (
    <Badge
      look={{
        word: words,
        tone: ok ? 'ok' : 'bad',
        icon: ok ? IconCircleCheck : IconAlertTriangle,
      }}
    />
  )
}

/** A state that is on or off. */
export function OnOff({ on, words }: { on: boolean; words?: [string, string] }) {
  return (
    <Badge
      look={
        on
          ? { word: words?.[0] ?? 'Active', tone: 'ok', icon: IconCircleCheck }
          : { word: words?.[1] ?? 'Off', tone: 'idle', icon: IconPlayerPause }
      }
    />
  )
}

export function stateWord(state: Delivery['state']): string {
  return (deliveryStates[state] ?? unknown(state)).word
}

/** A request method, the same everywhere. */
export function Method({ method }: { method: string }) {
  return <span className={css.method}>{method}</span>
}

/** The status of an HTTP answer. */
export function HttpStatus({ status }: { status: number | null }) {
  if (status === null) return <span className="dim">–</span>
  const tone = status < 300 ? 'ok' : status < 400 || status === 429 ? 'warn' : 'bad'
  return (
    <span className={css.http} data-tone={tone}>
      {status}
    </span>
  )
}
