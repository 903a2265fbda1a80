import { ActionIcon, Menu } from '@mantine/core'
import {
  IconArrowsShuffle,
  IconCopy,
  IconDownload,
  IconFlask,
  IconList,
  IconPlayerPause,
  IconPlayerPlay,
  IconSettings,
  IconTerminal,
  IconTrash,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ask, get, part } from '~/api/client'
import type { Connector } from '~/api/contract'
import { useMay } from '~/api/session'
import { copy, save } from '~/ui/files'
import { done, failed } from '~/ui/toasts'

/** The gear at the end of a connector's row: everything that can be done with it. */
export function ConnectorMenu({
  connector,
  onDelete,
}: {
  connector: Connector
  onDelete: () => void
}) {
  const may = useMay()
  const client = useQueryClient()
  const navigate = useNavigate()
  const path = `/v1/connectors/${part(connector.id)}`

  async function turn(on: boolean): Promise<void> {
    try {
      await ask('POST', `${path}/${on ? 'activate' : 'disable'}`)
      await client.invalidateQueries()
      done(`${on ? 'Activated' : 'Disabled'} “${connector.name}”.`, () => void turn(!on))
    } catch (e) {
      failed(e)
    }
  }

  async function exported(as: 'json' | 'curl'): Promise<void> {
    try {
      if (as === 'curl') {
        await copy(await get<string>(`${path}/export`, { as }))
        done('The cURL command is in the clipboard. Secrets are left out.')
      } else {
        save(`${connector.name}.json`, JSON.stringify(await get(`${path}/export`), null, 2))
      }
    } catch (e) {
      failed(e)
    }
  }

  const open = (tab: string) =>
    void navigate({ to: '/connectors/$id', params: { id: connector.id }, search: { tab } })

  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon aria-label={`Actions for ${connector.name}`}>
          <IconSettings size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSettings size={15} />} onClick={() => open('general')}>
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsShuffle size={15} />} onClick={() => open('adaptor')}>
          Mapping
        </Menu.Item>
        {may.change && (
          <Menu.Item leftSection={<IconFlask size={15} />} onClick={() => open('test')}>
            Test
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconList size={15} />} onClick={() => open('logs')}>
          Logs
        </Menu.Item>
        <Menu.Divider />
        {may.change && (
          <Menu.Item
            leftSection={<IconCopy size={15} />}
            onClick={() =>
              void navigate({
                to: '/connectors/$id',
                params: { id: 'new' },
                search: { copy: connector.id },
              })
            }
          >
            Duplicate
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconDownload size={15} />} onClick={() => void exported('json')}>
          Export
        </Menu.Item>
        <Menu.Item leftSection={<IconTerminal size={15} />} onClick={() => void exported('curl')}>
          Copy as cURL
        </Menu.Item>
        {may.change && (
          <>
            <Menu.Divider />
            {connector.state === 'ACTIVE' ? (
              <Menu.Item
                leftSection={<IconPlayerPause size={15} />}
                onClick={() => void turn(false)}
              >
                Disable
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconPlayerPlay size={15} />} onClick={() => void turn(true)}>
                Activate
              </Menu.Item>
            )}
            <Menu.Item c="var(--bad)" leftSection={<IconTrash size={15} />} onClick={onDelete}>
              Delete
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
