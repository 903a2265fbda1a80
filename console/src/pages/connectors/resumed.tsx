import { Button } from '@mantine/core'
import { Notice } from '~/ui/page'
import type { Editing } from './editing'

/** That this is what was typed earlier, and the way to begin anew. */
export function Resumed({ editing }: { editing: Editing }) {
  return (
    <Notice
      action={
        <Button size="xs" variant="default" onClick={editing.discard}>
          Start over
        </Button>
      }
    >
      You typed this earlier and did not save it. Secrets that you typed may have to be typed again.
    </Notice>
  )
}
