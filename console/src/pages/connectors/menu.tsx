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
import { type Query, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { ask, get, part } from '~/api/client'
import type { Connector } from '~/api/contract'
import type { Page } from '~/api/lists'
import { useMay } from '~/api/session'
import { copy, save } from '~/ui/files'
import { done, failed } from '~/ui/toasts'
import css from './menu.module.css'

interface Props {
  connector: Connector
  onDelete: () => void
}

/**
 * The gear at the end of a connector's row: everything that can be done with it. The menu is made when the gear is
 * used first, since a page has up to a hundred of them.
 */
export function ConnectorMenu(props: Props) {
  const [used, use] = useState(false)
  return used ? (
    <OpenedMenu {...props} />
  ) : (
    <button
      type="button"
      className={css.gear}
      aria-label={named(props.connector)}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => use(true)}
    >
      <IconSettings size={16} />
    </button>
  )
}

function named(connector: Connector): string {
  return `Actions for ${connector.name}`
}

function OpenedMenu({ connector, onDelete }: Props) {
  const gear = useRef<HTMLButtonElement>(null)
  // It takes the place of the gear that was clicked, and opens from it, so that the focus comes back to it.
  useEffect(() => {
    gear.current?.focus()
    gear.current?.click()
  }, [])
  const may = useMay()
  const client = useQueryClient()
  const navigate = useNavigate()
  const path = `/v1/connectors/${part(connector.id)}`

  // Shown at once, and taken back where the hub refuses.
  async function turn(on: boolean): Promise<void> {
    const lists = { predicate: (q: Query) => q.queryKey[1] === '/v1/connectors' }
    await client.cancelQueries(lists)
    client.setQueriesData<Page<Connector>>(lists, (page) => page && turned(page, connector.id, on))
    try {
      await ask('POST', `${path}/${on ? 'activate' : 'disable'}`)
      done(`${on ? 'Activated' : 'Disabled'} “${connector.name}”.`, () => void turn(!on))
    } catch (e) {
      failed(e)
    }
    await client.invalidateQueries()
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

  const show = (tab: string) =>
    void navigate({ to: '/connectors/$id', params: { id: connector.id }, search: { tab } })

  return (
    <Menu position="bottom-end" width={190}>
      <Menu.Target>
        <ActionIcon ref={gear} aria-label={named(connector)}>
          <IconSettings size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconSettings size={15} />} onClick={() => show('general')}>
          Settings
        </Menu.Item>
        <Menu.Item leftSection={<IconArrowsShuffle size={15} />} onClick={() => show('adaptor')}>
          Mapping
        </Menu.Item>
        {may.change && (
          <Menu.Item leftSection={<IconFlask size={15} />} onClick={() => show('test')}>
            Test
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconList size={15} />} onClick={() => show('logs')}>
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

/** A page of the list as it will be when a connector is on or off. */
function turned(page: Page<Connector>, id: string, on: boolean): Page<Connector> {
  const state = on ? 'ACTIVE' : 'INACTIVE'
  return {
    ...page,
    data: page.data.map((c) => (c.id === id ? { ...c, active: on, state, stateReason: null } : c)),
  }
}
