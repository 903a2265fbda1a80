import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import css from './results.module.css'

/** What became of one of many. */
export interface Result {
  id: string
  name: string
  ok: boolean
  words: string
}

/** What became of each of many things that were done at once. */
export function Results({ of }: { of: Result[] }) {
  return (
    <ul className={css.results}>
      {of.map(({ id, name, ok, words }) => (
        <li key={id} data-ok={ok}>
          {ok ? <IconCircleCheck size={16} aria-hidden /> : <IconCircleX size={16} aria-hidden />}
          <div className="grow">
            <strong className="cut">{name}</strong>
            <div className="dim">{words}</div>
          </div>
        </li>
      ))}
    </ul>
  )
}
