import { Button } from '@mantine/core'
import { IconCompass, IconMoodSad } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Empty } from '~/ui/page'

/** What is shown in the place of a page that failed. */
export function Broken({ error, reset }: { error: unknown; reset?: () => void }) {
  // After an update of the hub a page's code may be gone under its old name.
  const outdated = /dynamically imported module|Importing a module/.test(String(error))
  return (
    <Empty
      icon={IconMoodSad}
      title={outdated ? 'The console has been updated' : 'This page failed'}
      action={
        <>
          <Button onClick={() => location.reload()}>Reload</Button>
          {reset && !outdated && (
            <Button variant="default" onClick={reset}>
              Try again
            </Button>
          )}
        </>
      }
    >
      {outdated
        ? 'Reload the page to go on with the new version.'
        : 'That is a fault of the console, not yours. What you typed in an editor is kept in this browser.'}
    </Empty>
  )
}

export function Missing() {
  return (
    <Empty
      icon={IconCompass}
      title="There is no such page"
      action={
        <Button component={Link} to="/">
          To the start
        </Button>
      }
    >
      The address may be mistyped, or of something that has been deleted.
    </Empty>
  )
}
