import {
  IconAdjustments,
  IconArrowsShuffle,
  IconBolt,
  IconBook,
  IconKey,
  IconLayoutDashboard,
  IconPlug,
  IconSend,
  IconTerminal2,
  type TablerIcon,
} from '@tabler/icons-react'
import type { LinkProps } from '@tanstack/react-router'

export interface MenuItem {
  to: LinkProps['to']
  name: string
  icon: TablerIcon
  /** Goes there after `g`. */
  key: string
}

export const menu: MenuItem[] = [
  { to: '/', name: 'Overview', icon: IconLayoutDashboard, key: 'o' },
  { to: '/connectors', name: 'Connectors', icon: IconPlug, key: 'c' },
  { to: '/adaptors', name: 'Adaptors', icon: IconArrowsShuffle, key: 'm' },
  { to: '/authorizations', name: 'Authorizations', icon: IconKey, key: 'a' },
  { to: '/commands', name: 'Commands', icon: IconTerminal2, key: 'r' },
  { to: '/events', name: 'Events', icon: IconBolt, key: 'e' },
  { to: '/deliveries', name: 'Deliveries', icon: IconSend, key: 'd' },
  { to: '/docs', name: 'API', icon: IconBook, key: 'i' },
  { to: '/settings', name: 'Settings', icon: IconAdjustments, key: 's' },
]
