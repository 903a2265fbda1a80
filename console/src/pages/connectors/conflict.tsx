import { Button } from '@mantine/core'
import { Notice } from '~/ui/page'
import css from './conflict.module.css'
import { draftOf } from './draft'
import type { Editing } from './editing'
import { changesOf, clash } from './merge'
import { placeName } from '~/ui/places'

const MOST = 8

/** Somebody else has saved meanwhile: what they changed, what stands there of mine, and the choice. */
export function Conflict({ editing }: { editing: Editing }) {
  const { theirs, saved, draft } = editing
  if (!theirs || !saved) return null
  const [base, other] = [draftOf(saved.connector), draftOf(theirs.connector)]
  const changes = changesOf(base, draft, other)
  const both = clash(base, draft, other)
  return (
    <Notice tone="warn">
      <strong>Somebody else has changed this connector meanwhile.</strong> Nothing was overwritten,
      and what you typed is still here.
      <table className={css.changes}>
        <thead>
          <tr>
            <th>Place</th>
            <th>Theirs</th>
            <th>Yours</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, MOST).map((c) => (
            <tr key={c.pointer} data-both={c.both || undefined}>
              <td>
                {placeName(c.pointer)} <code className="dim">{c.pointer}</code>
              </td>
              <td>{shown(c.pointer, c.theirs)}</td>
              <td>
                {c.both ? shown(c.pointer, c.mine) : <span className="dim">not changed</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length > MOST && <p>And {changes.length - MOST} more places.</p>}
      <div className={css.choices}>
        <Button size="xs" onClick={editing.keepBoth}>
          {both ? 'Keep both, mine where we differ' : 'Keep both'}
        </Button>
        <Button size="xs" variant="default" onClick={editing.takeTheirs}>
          Take theirs, give up mine
        </Button>
        <Button size="xs" variant="default" onClick={() => void editing.save(true)}>
          Save mine over theirs
        </Button>
        <span className="dim">Each save stays among the revisions.</span>
      </div>
    </Notice>
  )
}

/** A value in a line; never one that may hold a secret. */
function shown(pointer: string, value: unknown) {
  if (value === undefined) return <span className="dim">none</span>
  if (/^\/(authorization|signing)/.test(pointer)) return <span className="dim">changed</span>
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <code title={text}>{text.length > 120 ? `${text.slice(0, 119)}…` : text || '(empty)'}</code>
  )
}
