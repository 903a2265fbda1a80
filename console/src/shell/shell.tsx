import { ActionIcon, Drawer, Menu, useMantineColorScheme } from '@mantine/core'
import { useDisclosure, useMediaQuery } from '@mantine/hooks'
import {
  IconChevronDown,
  IconDeviceDesktop,
  IconHelp,
  IconLogout,
  IconMenu2,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react'
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useSession } from '~/api/session'
import { signOut } from '~/api/signing'
import { failed } from '~/ui/toasts'
import { Mark } from './mark'
import { menu, type MenuItem } from './menu'
import { ShortcutSheet, useShortcuts } from './shortcuts'
import css from './shell.module.css'
import { Tenants } from './tenants'

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

const loadSearch = () => import('~/pages/search/dialog')
const SearchDialog = lazy(loadSearch)

/** What stands around every page: the menu, who is signed in, and the keys. */
export function Shell() {
  const narrow = useMediaQuery('(max-width: 860px)')
  const [open, drawer] = useDisclosure()
  const [sheet, help] = useDisclosure()
  const [searching, search] = useDisclosure()
  const here = useLocation()
  const close = drawer.close
  useShortcuts(help.toggle, search.open)
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
          <span className="grow" />
          <ActionIcon aria-label="Search" size={36} onClick={search.open}>
            <IconSearch size={20} />
          </ActionIcon>
        </header>
      ) : (
        <aside className={css.side}>
          <Side onHelp={help.open} onSearch={search.open} />
        </aside>
      )}
      <Drawer opened={open && Boolean(narrow)} onClose={drawer.close} size={264} title={<Mark />}>
        <Side onHelp={help.open} inDrawer />
      </Drawer>
      <div className={css.content}>
        <Outlet />
      </div>
      {searching && (
        <Suspense>
          <SearchDialog onClose={search.close} />
        </Suspense>
      )}
      <ShortcutSheet opened={sheet} onClose={help.close} />
    </div>
  )
}

function Side({
  onHelp,
  onSearch,
  inDrawer,
}: {
  onHelp: () => void
  onSearch?: () => void
  inDrawer?: boolean
}) {
  return (
    <div className={css.column}>
      {!inDrawer && (
        <Link to="/" className={css.brand} aria-label="Fairlead, to the start">
          <Mark />
        </Link>
      )}
      <Tenants />
      {onSearch && (
        <button
          type="button"
          className={css.search}
          aria-keyshortcuts="Control+K Meta+K"
          onClick={onSearch}
          onPointerEnter={() => void loadSearch()}
        >
          <IconSearch size={15} aria-hidden />
          <span className="grow">Search</span>
          <kbd aria-hidden>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
        </button>
      )}
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

function MenuLink({ item }: { item: MenuItem }) {
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
