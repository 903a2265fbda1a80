import { Link } from '@tanstack/react-router'
import { Fragment } from 'react'
import { count } from './times'

const NAMED = 20

/** Connectors that use something; of very many only the first are named. */
export function UsedBy({ connectors }: { connectors: { id: string; name: string }[] }) {
  const more = connectors.length - NAMED
  return (
    <>
      {connectors.slice(0, NAMED).map((c, i) => (
        <Fragment key={c.id}>
          {i > 0 && ', '}
          <Link to="/connectors/$id" params={{ id: c.id }} search={{}}>
            {c.name}
          </Link>
        </Fragment>
      ))}
      {more > 0 && ` and ${count(more)} more`}
    </>
  )
}
