import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { answerOf, type Query } from '~/api/client'
import { failureOf } from '~/api/failure'
import { save } from '~/ui/files'
import { exact } from '~/ui/times'
import { done, failed } from '~/ui/toasts'

/** The list as it is filtered, as a table for a spreadsheet. */
export function ExportCsv({ query }: { query: Query }) {
  const [busy, setBusy] = useState(false)
  async function go() {
    setBusy(true)
    try {
      const answer = await answerOf('GET', '/v1/deliveries/export', {
        query: { ...query, limit: undefined },
      })
      if (!answer.ok) throw await failureOf(answer)
      save('deliveries.csv', await answer.text(), 'text/csv')
      const end = answer.headers.get('Fairlead-Looked-To')
      done(
        end
          ? `The table ends at ${exact(end)}, and the list goes on. Choose a range of time for the rest.`
          : 'The table is among your downloads.',
      )
    } catch (e) {
      failed(e)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={14} />}
      loading={busy}
      onClick={() => void go()}
    >
      CSV
    </Button>
  )
}
