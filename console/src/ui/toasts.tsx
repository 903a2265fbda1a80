import { Button, CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { words } from '~/api/failure'
import css from './toasts.module.css'

interface Toast {
  id: number
  text: string
  bad: boolean
  undo?: () => void
}

let toasts: Toast[] = []
let last = 0
const listeners = new Set<() => void>()

function change(next: Toast[]): void {
  toasts = next
  listeners.forEach((l) => l())
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function show(toast: Omit<Toast, 'id'>): void {
  const id = ++last
  change([...toasts.slice(-3), { ...toast, id }])
  setTimeout(() => close(id), toast.bad ? 12_000 : toast.undo ? 8_000 : 5_000)
}

function close(id: number): void {
  change(toasts.filter((t) => t.id !== id))
}

/** Says that something is done, and offers to take it back. */
export function done(text: string, undo?: () => void): void {
  show({ text, bad: false, undo })
}

/** Says what went wrong. */
export function failed(error: unknown, before = ''): void {
  show({ text: before + words(error), bad: true })
}

export function Toasts() {
  const all = useSyncExternalStore(subscribe, () => toasts)
  return (
    <div className={css.toasts} role="status" aria-live="polite">
      {all.map((toast) => (
        <div key={toast.id} className={css.toast} data-bad={toast.bad || undefined}>
          {toast.bad ? <IconAlertTriangle size={16} /> : <IconCircleCheck size={16} />}
          <span className="grow">{toast.text}</span>
          {toast.undo && (
            <Button
              size="xs"
              variant="subtle"
              onClick={() => {
                close(toast.id)
                toast.undo?.()
              }}
            >
              Undo
            </Button>
          )}
          <CloseButton size="sm" aria-label="Close the message" onClick={() => close(toast.id)} />
        </div>
      ))}
    </div>
  )
}
