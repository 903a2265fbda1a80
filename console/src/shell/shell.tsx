import { ActionIcon, Drawer, Menu, useMantineColorScheme } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import {
  IconAdjustments,
  IconArrowsShuffle,
  IconBolt,
  IconBook,
  IconChevronDown,
  IconDeviceDesktop,
  IconHelp,
  IconKey,
  IconLayoutDashboard,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconPlug,
  IconSend,
  IconSun,
  IconTerminal2,
  type TablerIcon,
} from '@tabler/icons-react'
import { Link, type LinkProps, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useSession } from '~/api/session'
import { signOut } from '~/api/signing'
import { failed } from '~/ui/toasts'
import { Mark } from './mark'
import { ShortcutSheet, useShortcuts } from './shortcuts'
import css from './shell.module.css'
import { Tenants } from './tenants'

interface Item {
  to: LinkProps['to']
  name: string
  icon: TablerIcon
  key: string
}

export const menu: Item[] = [
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

/** What stands around every page: the menu, who is signed in, and the keys. */
export function Shell() {
  const narrow = useMediaQuery('(max-width: 860px)')
  const [open, drawer] = useDisclosure()
  const [sheet, help] = useDisclosure()
  const here = useLocation()
  const close = drawer.close
  useShortcuts(help.toggle)
  useEffect(close, [here.pathname, close])

  return (
    <div className={css.shell}>
      <a className={css.skip} href="#content">
        To the content
      </a>
      {narrow ? (
        <header className={css.bar}>
          <ActionIcon aria-label="Menu" size={36} onClick={drawer.open}>
            <IconMenu2 size={20} />
          </ActionIcon>
          <Mark />
        </header>
      ) : (
        <aside className={css.side}>
          <Side onHelp={help.open} />
        </aside>
      )}
      <Drawer opened={open && Boolean(narrow)} onClose={drawer.close} size={264} title={<Mark />}>
        <Side onHelp={help.open} inDrawer />
      </Drawer>
      <div className={css.content}>
        <Outlet />
      </div>
      <ShortcutSheet opened={sheet} onClose={help.close} />
    </div>
  )
}

function Side({ onHelp, inDrawer }: { onHelp: () => void; inDrawer?: boolean }) {
  return (
    <div className={css.column}>
      {!inDrawer && (
        <Link to="/" className={css.brand} aria-label="Fairlead, to the start">
          <Mark />
        </Link>
      )}
      <Tenants />
      <nav aria-label="Main menu" className={css.menu}>
        {menu.map((item) => (
          <MenuLink key={item.name} item={item} />
        ))}
      </nav>
      <span className="grow" />
      <div className={css.foot}>
        <User />
        <ActionIcon aria-label="Keyboard shortcuts and help" onClick={onHelp}>
          <IconHelp size={18} />
        </ActionIcon>
      </div>
    </div>
  )
}

function MenuLink({ item }: { item: Item }) {
  const Icon = item.icon
  return (
    <Link
      to={item.to}
      className={css.item}
      activeOptions={{ exact: item.to === '/' }}
      activeProps={{ 'data-here': true, 'aria-current': 'page' }}
    >
      <Icon size={17} stroke={1.7} aria-hidden />
      {item.name}
    </Link>
  )
}

function User() {
  const { user } = useSession()
  const navigate = useNavigate()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const themes: [typeof colorScheme, string, ReactNode][] = [
    ['light', 'Light', <IconSun key="l" size={16} />],
    ['dark', 'Dark', <IconMoon key="d" size={16} />],
    ['auto', 'As the system', <IconDeviceDesktop key="a" size={16} />],
  ]

  async function leave(everywhere: boolean) {
    try {
      await signOut(everywhere)
      await navigate({ to: '/sign-in', search: {} })
    } catch (e) {
      failed(e, 'You are still signed in. ')
    }
  }

  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={css.user}>
          <span className={css.face} aria-hidden>
            {(user.name || user.email).slice(0, 1).toUpperCase()}
          </span>
          <span className="cut grow">{user.name || user.email}</span>
          <IconChevronDown size={14} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label className="cut">{user.email}</Menu.Label>
        <Menu.Divider />
        <Menu.Label>Look</Menu.Label>
        {themes.map(([name, word, icon]) => (
          <Menu.Item
            key={name}
            leftSection={icon}
            onClick={() => setColorScheme(name)}
            aria-current={colorScheme === name || undefined}
            fw={colorScheme === name ? 600 : undefined}
          >
            {word}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave(false)}>
          Sign out
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => void leave(true)}>
          Sign out everywhere
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
