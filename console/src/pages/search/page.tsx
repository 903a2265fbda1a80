import { Button, Switch } from '@mantine/core'
import { IconSearch, IconZoomExclamation } from '@tabler/icons-react'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useMay } from '~/api/session'
import { Filters, SearchBox } from '~/ui/filters'
import { Empty, Notice, Page, Trouble } from '~/ui/page'
import { SHORTEST_IN_DATA, useFound } from './asking'
import { Hit, HitSkeletons } from './hit'
import { byKind, kinds, pageOf } from './kinds'
import { FINDABLE, foundWords, LookedThrough } from './looked'
import css from './page.module.css'
import { Times } from './times'

/** Everything that fits, at an address that can be shared. */
export default function Search() {
  const search = useSearch({ from: '/inside/search' })
  const navigate = useNavigate({ from: '/search' })
  const may = useMay()
  const q = search.q ?? ''
  const inData = search.in === 'data' && may.payloads
  const wanted = { q, inData, from: search.from, to: search.to }
  const found = useFound(wanted)
  const looked = found.data?.lookedThrough
  const hits = found.data?.data

  function show(change: Partial<typeof search>): void {
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  }

  return (
    <Page title="Search" about="Anything by its id, its name, or what its event says.">
      <Filters>
        <SearchBox
          placeholder="Id, name, key or text"
          width={360}
          value={q}
          onChange={(text) => show({ q: text || undefined })}
        />
        {may.payloads && (
          <Switch
            label="In data too"
            checked={inData}
            onChange={(e) =>
              show(
                e.currentTarget.checked
                  ? { in: 'data' }
                  : { in: undefined, from: undefined, to: undefined },
              )
            }
          />
        )}
        {inData && <Times from={search.from} to={search.to} onChange={show} />}
      </Filters>
      {!may.payloads && (
        <Notice>
          Events’ data is not looked through for you: what events hold is hidden from you here.
        </Notice>
      )}
      {inData && q !== '' && q.trim().length < SHORTEST_IN_DATA && (
        <Notice>Data is looked through for {SHORTEST_IN_DATA} characters or more.</Notice>
      )}
      {found.isError && <Trouble error={found.error} again={() => void found.refetch()} />}
      {q !== '' && found.isPending && <HitSkeletons count={6} />}
      <p className="only-reader" role="status">
        {hits && foundWords(hits.length)}
      </p>
      {hits && hits.length > 0 && (
        <div className={css.groups}>
          {byKind(hits).map((group) => (
            <section key={group.kind} aria-label={kinds[group.kind].title}>
              <h2>{kinds[group.kind].title}</h2>
              <ul>
                {group.hits.map((hit) => (
                  <li key={hit.id}>
                    <Link {...pageOf(hit, q)} className={css.hit}>
                      <Hit hit={hit} q={q} />
                    </Link>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      )}
      {looked && (
        <div className={css.looked}>
          <LookedThrough looked={looked} />{' '}
          {!looked.all && looked.since && (
            <Button
              variant="default"
              size="xs"
              onClick={() => show({ to: looked.since ?? undefined })}
            >
              Look further back
            </Button>
          )}
        </div>
      )}
      {hits?.length === 0 && (
        <Empty
          icon={IconZoomExclamation}
          title={`Nothing found for “${q}”`}
          action={
            may.payloads &&
            !inData && <Button onClick={() => show({ in: 'data' })}>Look in data too</Button>
          }
        >
          {FINDABLE}
        </Empty>
      )}
      {q === '' && (
        <Empty icon={IconSearch} title="What are you looking for?">
          {FINDABLE}
        </Empty>
      )}
    </Page>
  )
}
