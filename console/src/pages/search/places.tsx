import {
  IconArrowRight,
  type TablerIcon,
  IconHelp,
  IconPlayerPlay,
  IconSettings,
} from '@tabler/icons-react'
import { linkOptions, type LinkProps } from '@tanstack/react-router'
import { useMay } from '~/api/session'
import { menu } from '~/shell/menu'
import css from './dialog.module.css'
import { cutAt } from './kinds'

interface Place {
  name: string
  icon: TablerIcon
  go: LinkProps
}

/** The pages whose name has what is typed; the menu’s, when nothing is. */
export function usePlaces(typed: string) {
  const may = useMay()
  const wanted = typed.trim().toLowerCase()
  const inMenu: Place[] = menu.map(({ name, icon, to }) => ({ name, icon, go: { to } }))
  const all = wanted === '' ? inMenu : [...inMenu, ...others(may.administer)]
  return {
    title: 'Pages',
    options: all
      .filter((place) => place.name.toLowerCase().includes(wanted))
      .map(({ name, icon: Icon, go }) => ({
        key: `place-${name.replaceAll(' ', '-')}`,
        go,
        content: (
          <>
            <Icon size={16} stroke={1.7} className={css.icon} aria-hidden />
            <span className="grow cut">
              {cutAt(name, typed).map((piece, i) =>
                piece.found ? (
                  <mark key={i} className={css.mark}>
                    {piece.text}
                  </mark>
                ) : (
                  piece.text
                ),
              )}
            </span>
            <IconArrowRight size={14} aria-hidden className={css.icon} />
          </>
        ),
      })),
  }
}

/** What is a page, and in no menu. */
function others(administers: boolean): Place[] {
  const part = (name: string, part: string): Place => ({
    name: `Settings: ${name}`,
    icon: IconSettings,
    go: linkOptions({ to: '/settings', search: { part } }),
  })
  return [
    {
      name: 'Runs of commands',
      icon: IconPlayerPlay,
      go: linkOptions({ to: '/runs', search: {} }),
    },
    { name: 'Help on REST services', icon: IconHelp, go: linkOptions({ to: '/help' }) },
    ...(administers
      ? [part('users', 'users'), part('API keys', 'keys'), part('audit log', 'audit')]
      : []),
    part('egress addresses', 'egress'),
    part('your account', 'account'),
  ]
}
