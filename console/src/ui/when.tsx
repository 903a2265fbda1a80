import { useSyncExternalStore } from 'react'
import { ago, exact, shortDate } from './times'

const STEP = 5_000
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => listeners.forEach((l) => l()), STEP)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** The time in steps of a few seconds, for what says how long ago something was. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => Math.ceil(Date.now() / STEP) * STEP)
}

/** A time as people say it, with the exact one on hover. */
export function When({ at }: { at: string | null | undefined }) {
  const now = useNow()
  if (!at) return <span className="dim">–</span>
  return (
    <time dateTime={at} title={exact(at)}>
      {ago(Date.parse(at), now)}
    </time>
  )
}

/** A day, month first, as lists of settings have it. */
export function DayOf({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exact(at)}>
      {shortDate(at)}
    </time>
  )
}
