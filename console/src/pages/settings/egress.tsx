import { Button } from '@mantine/core'
import { IconCopy, IconNetwork } from '@tabler/icons-react'
import { useOne } from '~/api/lists'
import type { Egress as EgressAddresses } from '~/api/contract'
import { copy } from '~/ui/files'
import { Empty, Lines, Trouble } from '~/ui/page'
import { done } from '~/ui/toasts'

/** Where calls come from, for a third party’s allow list. */
export function Egress() {
  const read = useOne<EgressAddresses>('/v1/egress')
  if (read.isError) return <Trouble error={read.error} again={() => void read.refetch()} />
  if (!read.data) return <Lines count={3} />
  const { addresses } = read.data
  if (addresses.length === 0) {
    return (
      <Empty icon={IconNetwork} title="Nobody has said where calls come from">
        The operator sets the addresses with <code>FAIRLEAD_EGRESS_ADDRESSES</code>. A third party
        that has an allow list needs them.
      </Empty>
    )
  }
  return (
    <div className="stack">
      <p>
        Calls are sent from these addresses. If a third party has an allow list (a whitelist), they
        need to add them.
      </p>
      <ul style={{ margin: 0, paddingLeft: 16 }}>
        {addresses.map((a) => (
          <li key={a}>
            <code>{a}</code>
          </li>
        ))}
      </ul>
      <div>
        <Button
          variant="default"
          leftSection={<IconCopy size={14} />}
          onClick={() => {
            void copy(addresses.join('\n')).then(() => done('Copied.'))
          }}
        >
          Copy
        </Button>
      </div>
    </div>
  )
}
