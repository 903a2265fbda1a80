import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import css from './save-bar.module.css'

interface Props {
  /** Whether something is typed that is not saved. */
  dirty: boolean
  busy: boolean
  /** What is said while nothing is. */
  idle: string
  /** What is said while something is, where it is not all of it kept. */
  typed?: string
  /** What the button says. */
  action: string
  disabled: boolean
  onSave: () => void
  onDiscard: () => void
  /** Other things that can be done with all of it. */
  children?: ReactNode
}

/** At the bottom of every editor: whether all is saved, and the way to save or discard it. */
export function SaveBar(props: Props) {
  const { dirty, typed = 'Not saved yet. What you type is kept here.' } = props
  return (
    <div className={css.bar}>
      <span className="dim">{dirty ? typed : props.idle}</span>
      <span className="grow" />
      {props.children}
      {dirty && (
        <Button variant="default" onClick={props.onDiscard}>
          Discard
        </Button>
      )}
      <Button loading={props.busy} disabled={props.disabled} onClick={props.onSave}>
        {props.action}
      </Button>
    </div>
  )
}
