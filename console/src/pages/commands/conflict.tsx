import { Button } from '@mantine/core'
import { Notice } from '~/ui/page'
import { placeName } from '~/ui/places'
import type { Edit } from './editing'

/** Somebody else has saved meanwhile: what they changed, and the choice. */
export function Changed<T, D>({
  edit,
  noun,
  onTheirs,
}: {
  edit: Edit<T, D>
  noun: string
  onTheirs?: () => void
}) {
  if (!edit.theirs) return null
  const gone = edit.theirs.document === null
  const { changes } = edit
  return (
    <Notice tone="warn">
      <strong>
        Somebody else has {gone ? 'removed' : 'changed'} this {noun} meanwhile.
      </strong>{' '}
      {!gone && changes.length > 0 && (
        <span>
          They changed{' '}
          {changes.slice(0, 6).map((pointer, i) => (
            <span key={pointer}>
              {i > 0 && ', '}
              <strong>{pointer ? placeName(pointer) : 'all of it'}</strong>
            </span>
          ))}
          {changes.length > 6 && ` and ${changes.length - 6} more`}.{' '}
        </span>
      )}
      Nothing was overwritten.
      <div className="row" style={{ marginTop: 8, flexWrap: 'wrap' }}>
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            edit.takeTheirs()
            onTheirs?.()
          }}
        >
          Take theirs, give up mine
        </Button>
        <Button size="xs" variant="default" onClick={() => void edit.save(true)}>
          {gone ? 'Save mine anew' : 'Save mine over theirs'}
        </Button>
      </div>
    </Notice>
  )
}
