import { useSyncExternalStore } from 'react'
import { ago, exact, shortDate } from './times'

let now = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    listeners.forEach((l) => l())
  }, 5_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** A time as people say it, with the exact one on hover. */
export function When({ at }: { at: string | null | undefined }) {
  const clock = useSyncExternalStore(subscribe, () => now)
  if (!at) return <span className="dim">–</span>
  return (
    <time dateTime={at} title={exact(at)}>
      {ago(Date.parse(at), Math.max(clock, Date.now() - 5_000))}
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
