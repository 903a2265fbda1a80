import { Button } from '@mantine/core'
import { Notice } from '~/ui/page'
import { documentOf, draftOf } from './draft'
import type { Editing } from './editing'
import { differences } from './differences'

/** Somebody else has saved meanwhile: what they changed, and the choice. */
export function Conflict({ editing }: { editing: Editing }) {
  const { theirs, saved } = editing
  if (!theirs) return null
  const changes = saved
    ? differences(documentOf(draftOf(saved.connector)), documentOf(draftOf(theirs.connector)))
    : []
  return (
    <Notice tone="warn">
      <strong>Somebody else has changed this connector meanwhile.</strong>
      {changes.length > 0 && (
        <span>
          {' '}
          They changed{' '}
          {changes.slice(0, 6).map((pointer, i) => (
            <span key={pointer}>
              {i > 0 && ', '}
              <code>{pointer}</code>
            </span>
          ))}
          {changes.length > 6 && ` and ${changes.length - 6} more`}.
        </span>
      )}{' '}
      Nothing was overwritten.
      <div className="row" style={{ marginTop: 8, flexWrap: 'wrap' }}>
        <Button size="xs" variant="default" onClick={editing.takeTheirs}>
          Take theirs, give up mine
        </Button>
        <Button size="xs" variant="default" onClick={() => void editing.save(true)}>
          Save mine over theirs
        </Button>
      </div>
    </Notice>
  )
}
