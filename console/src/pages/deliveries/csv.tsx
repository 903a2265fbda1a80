import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { ask, type Query } from '~/api/client'
import { save } from '~/ui/files'
import { done, failed } from '~/ui/toasts'

/** The list as it is filtered, as a table for a spreadsheet. */
export function ExportCsv({ query }: { query: Query }) {
  const [busy, setBusy] = useState(false)
  async function go() {
    setBusy(true)
    try {
      const { data } = await ask<string>('GET', '/v1/deliveries/export', {
        query: { ...query, limit: undefined },
        asText: true,
      })
      save('deliveries.csv', data, 'text/csv')
      done('The table is among your downloads.')
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
