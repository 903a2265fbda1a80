import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Fragment } from 'react'
import { SearchBox } from '~/ui/filters'
import { Page } from '~/ui/page'
import { HttpStatus, Method } from '~/ui/status'
import {
  boundsOf,
  membersOf,
  type Operation,
  operations,
  refName,
  resolved,
  typeOf,
} from './contract'
import css from './docs.module.css'
import { TryIt } from './try'

/** The API’s contract, to be read, searched and tried. */
export default function Docs() {
  const search = useSearch({ from: '/inside/docs' })
  const navigate = useNavigate({ from: '/docs' })
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean)
  const fitting = operations.filter((o) => {
    const all = `${o.id} ${o.method} ${o.path} ${o.summary} ${o.tag}`.toLowerCase()
    return words.every((w) => all.includes(w))
  })
  const tags = [...new Set(fitting.map((o) => o.tag))]
  const shown = operations.find((o) => o.id === search.op) ?? fitting[0] ?? operations[0]!
  return (
    <Page
      title="API"
      about={
        <>
          Everything that this console does is done by this API, for which you can write programs
          too. The same as a file: <a href="/openapi.yaml">openapi.yaml</a>.
        </>
      }
    >
      <div className={css.split}>
        <nav className={css.index} aria-label="Operations">
          <SearchBox
            placeholder="Find an operation"
            width={250}
            value={search.q ?? ''}
            onChange={(q) =>
              void navigate({
                search: (before) => ({ ...before, q: q || undefined }),
                replace: true,
              })
            }
          />
          {fitting.length === 0 && <p className="dim">No operation has all of these words.</p>}
          {tags.map((tag) => (
            <div key={tag}>
              <h2>{tag}</h2>
              <ul>
                {fitting
                  .filter((o) => o.tag === tag)
                  .map((o) => (
                    <li key={o.id}>
                      <Link
                        to="/docs"
                        search={{ ...search, op: o.id }}
                        data-here={o === shown || undefined}
                        aria-current={o === shown || undefined}
                        title={`${o.method} ${o.path}`}
                      >
                        <Method method={o.method} />
                        {o.summary}
                      </Link>
                    </li>
                  ))}
              </ul>
            </div>
          ))}
        </nav>
        <One key={shown.id} operation={shown} />
      </div>
    </Page>
  )
}

function One({ operation }: { operation: Operation }) {
  const { parameters, bodies, responses } = operation
  return (
    <article className={css.one} aria-label={operation.summary}>
      <header className="stack" style={{ gap: 6 }}>
        <h2>{operation.summary}</h2>
        <div className={css.path}>
          <Method method={operation.method} />
          <code>{operation.path}</code>
        </div>
        <p className="dim">
          {operation.open
            ? 'Needs no key.'
            : operation.roles.length > 0
              ? `For ${operation.roles.join(', ').replaceAll('_', ' ')}, and the operator.`
              : 'Needs a key or a session.'}
        </p>
      </header>
      <Prose text={operation.description} />
      {parameters.length > 0 && (
        <section aria-label="Parameters">
          <h3>Parameters</h3>
          <ul className={css.members}>
            {parameters.map((p) => (
              <li key={p.in + p.name}>
                <div className={css.name}>
                  <code>{p.name}</code>
                  <span className="dim">
                    {p.in}, {typeOf(p.schema)}
                    {p.required && ', required'}
                  </span>
                </div>
                <Prose text={p.description} />
                <Bounds schema={p.schema} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {bodies[0] && (
        <section aria-label="Body">
          <h3>Body</h3>
          <p className="dim">{bodies.map((b) => b.type).join(' or ')}</p>
          <Members schema={bodies[0].schema} seen={[]} />
        </section>
      )}
      <TryIt operation={operation} />
      <section aria-label="Answers">
        <h3>Answers</h3>
        {responses.map((r) => (
          <details key={r.status} className={css.answer}>
            <summary>
              <HttpStatus status={Number(r.status) || null} />
              <span className="grow">
                <Prose text={r.description} />
              </span>
            </summary>
            {r.types.map((t) => (
              <Fragment key={t.type}>
                <p className="dim">{t.type}</p>
                <Members schema={t.schema} seen={[]} />
              </Fragment>
            ))}
          </details>
        ))}
      </section>
    </article>
  )
}

/** The members of a schema, each to be opened where it has some itself. */
function Members({ schema, seen }: { schema: unknown; seen: string[] }) {
  const members = membersOf(schema)
  if (members.length === 0) return null
  return (
    <ul className={css.members}>
      {members.map((m) => (
        <Member key={m.name} {...m} seen={seen} />
      ))}
    </ul>
  )
}

function Member({
  name,
  schema,
  required,
  seen,
}: {
  name: string
  schema: unknown
  required: boolean
  seen: string[]
}) {
  const of = refName(schema)
  const again = of !== null && seen.includes(of)
  const inner = again || seen.length > 8 ? [] : membersOf(schema)
  const description = resolved(schema).description
  return (
    <li>
      <div className={css.name}>
        <code>{name}</code>
        <span className="dim">
          {typeOf(schema)}
          {required && ', required'}
        </span>
      </div>
      {typeof description === 'string' && <Prose text={description} />}
      <Bounds schema={schema} />
      {inner.length > 0 && (
        <details>
          <summary className="dim">{inner.length} members</summary>
          <Members schema={schema} seen={[...seen, of ?? name]} />
        </details>
      )}
    </li>
  )
}

function Bounds({ schema }: { schema: unknown }) {
  const bounds = boundsOf(schema)
  return bounds.length > 0 && <div className={css.bounds}>{bounds.join(' · ')}</div>
}

/** Paragraphs with `code` in them. */
function Prose({ text }: { text: string }) {
  const paragraphs = text
    .trim()
    .split(/\n\s*\n/)
    .filter(Boolean)
  if (paragraphs.length === 0) return null
  return (
    <div className={css.text}>
      {paragraphs.map((paragraph, i) => (
        <p key={i}>
          {paragraph
            .split(/(`[^`]+`)/)
            .map((piece, at) =>
              piece.startsWith('`') && piece.length > 1 ? (
                <code key={at}>{piece.slice(1, -1)}</code>
              ) : (
                piece
              ),
            )}
        </p>
      ))}
    </div>
  )
}
