import { Button, Skeleton } from '@mantine/core'
import {
  IconAlertTriangle,
  IconInfoCircle,
  IconRefresh,
  type TablerIcon,
} from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { Failure, words } from '~/api/failure'
import css from './page.module.css'

interface PageProps {
  title: string
  /** What stands before the title: where one came from. */
  trail?: ReactNode
  /** Beside the title: a status. */
  beside?: ReactNode
  about?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** A page: what it is, what can be done, and then its content. */
export function Page({ title, trail, beside, about, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Fairlead`
  }, [title])
  return (
    <main className={css.page} id="content" tabIndex={-1}>
      <header className={css.head}>
        <div className={css.titles}>
          {trail && <nav className={css.trail}>{trail}</nav>}
          <div className={css.title}>
            <h1 className="cut" title={title}>
              {title}
            </h1>
            {beside}
          </div>
          {about && <p className={css.about}>{about}</p>}
        </div>
        {actions && <div className={css.actions}>{actions}</div>}
      </header>
      {children}
    </main>
  )
}

/** What a page is for, while it has nothing, and the first step. */
export function Empty({
  icon: Icon,
  title,
  children,
  action,
}: {
  icon: TablerIcon
  title: string
  children: ReactNode
  action?: ReactNode
}) {
  return (
    <div className={css.empty}>
      <Icon size={28} stroke={1.5} aria-hidden />
      <h2>{title}</h2>
      <p>{children}</p>
      {action && <div className="row">{action}</div>}
    </div>
  )
}

/** What could not be read, and why. */
export function Trouble({ error, again }: { error: unknown; again?: () => void }) {
  const gone = error instanceof Failure && error.status === 404
  return (
    <div className={css.trouble} role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      <div className="grow">
        <strong>{gone ? 'This is not there any more.' : 'This could not be read.'}</strong>
        <div>{words(error)}</div>
      </div>
      {again && !gone && (
        <Button variant="default" leftSection={<IconRefresh size={14} />} onClick={again}>
          Try again
        </Button>
      )}
    </div>
  )
}

/** What went wrong with what somebody did, above the place where they did it. */
export function Notice({
  tone = 'idle',
  children,
  action,
}: {
  tone?: 'idle' | 'warn' | 'bad' | 'ok'
  children: ReactNode
  action?: ReactNode
}) {
  const Icon = tone === 'bad' || tone === 'warn' ? IconAlertTriangle : IconInfoCircle
  return (
    <div className={css.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon size={16} aria-hidden />
      <div className="grow">{children}</div>
      {action}
    </div>
  )
}

/** Lines where text will be. */
export function Lines({ count = 6 }: { count?: number }) {
  return (
    <div className="stack" aria-busy="true" aria-label="Loading">
      {Array.from({ length: count }, (_, i) => (
        <Skeleton key={i} height={12} width={`${90 - ((i * 17) % 45)}%`} radius={4} />
      ))}
    </div>
  )
}

/** A part of a form, with what it is for at its left. */
export function Section({
  title,
  about,
  children,
  id,
}: {
  title: string
  about?: ReactNode
  children: ReactNode
  id?: string
}) {
  return (
    <section className={css.section} id={id} aria-label={title}>
      <div>
        <h2>{title}</h2>
        {about && <p className={css.about}>{about}</p>}
      </div>
      <div className={css.fields}>{children}</div>
    </section>
  )
}

/** Names and values. */
export function Facts({ of }: { of: [string, ReactNode][] }) {
  return (
    <dl className={css.facts}>
      {of.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
