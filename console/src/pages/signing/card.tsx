import type { ReactNode } from 'react'
import { Mark } from '~/shell/mark'
import css from './card.module.css'

/** The frame of the pages before one is signed in. */
export function Card({
  title,
  about,
  children,
}: {
  title: string
  about?: ReactNode
  children: ReactNode
}) {
  return (
    <main className={css.screen}>
      <title>{`${title} · Fairlead`}</title>
      <div className={css.card}>
        <Mark />
        <div>
          <h1>{title}</h1>
          {about && <p className="dim">{about}</p>}
        </div>
        {children}
      </div>
    </main>
  )
}
