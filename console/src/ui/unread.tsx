import type { ReactNode } from 'react'
import { Lines, Page, Trouble } from './page'

/** Stands for the page of a thing that is being read, or could not be. */
export function Unread({
  title,
  trail,
  read,
}: {
  title: string
  trail: ReactNode
  read: { isError: boolean; error: unknown; refetch: () => unknown }
}) {
  return (
    <Page title={title} trail={trail}>
      {read.isError ? <Trouble error={read.error} again={() => void read.refetch()} /> : <Lines />}
    </Page>
  )
}
