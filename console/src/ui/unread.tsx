import type { ReactNode } from 'react'
import { Failure } from '~/api/failure'
import { Lines, Page, Trouble } from './page'

/** Stands for the page of a thing that is being read, could not be, or is not there. */
export function Unread({
  title,
  trail,
  read,
}: {
  title: string
  trail: ReactNode
  read: { isError: boolean; isSuccess: boolean; error: unknown; refetch: () => unknown }
}) {
  const error = read.isSuccess
    ? new Failure(404, `There is no such ${title.toLowerCase()}; it may have been deleted.`)
    : read.error
  return (
    <Page title={title} trail={trail}>
      {read.isError || read.isSuccess ? (
        <Trouble error={error} again={() => void read.refetch()} />
      ) : (
        <Lines />
      )}
    </Page>
  )
}
