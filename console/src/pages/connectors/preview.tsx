import { NativeSelect, Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconAlertTriangle } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '~/api/client'
import type { EventSummary, PreviewResults } from '~/api/contract'
import { Failure, words } from '~/api/failure'
import { usePage } from '~/api/lists'
import { useMay, useSessionState } from '~/api/session'
import { CodeField } from '~/editor/code'
import { placeOf } from '~/editor/tokens'
import { Message } from '~/ui/exchange'
import { Highlight } from '~/ui/highlight'
import { marksOf } from '~/ui/marks'
import { Notice } from '~/ui/page'
import { placeName } from '~/ui/places'
import { Method } from '~/ui/status'
import { ago } from '~/ui/times'
import { useNow } from '~/ui/when'
import { documentOf, type Draft, placeIn, tidied } from './draft'
import { fits } from './known'
import css from './preview.module.css'

export type Result = PreviewResults['results'][number]

export interface Preview {
  result: Result | null
  /** Why a draft can’t be read, by its place in the document. */
  failure: Failure | null
  busy: boolean
  none: boolean
  record: string
  setRecord: (record: string) => void
  data: string
  setData: (data: string) => void
  events: EventSummary[]
}

const OWN = 'own'

/** The request that a draft would make, asked anew when typing stops. */
export function usePreview(id: string, draft: Draft): Preview {
  const { tenant } = useSessionState()
  const may = useMay()
  const [record, setRecord] = useState('')
  const [data, setData] = useState('{\n  "InvoiceNumber": "INV0000001"\n}')
  const events = usePage<EventSummary>('/v1/events', { limit: 50 })
  const fitting = (events.data?.data ?? []).filter(
    (e) => draft.triggers.length === 0 || draft.triggers.some((t) => fits(t.eventType, e.type)),
  )
  const clean = tidied(draft)
  const connector = JSON.stringify({ ...documentOf(clean), name: clean.name || 'New connector' })
  const chosen = record || (fitting[0]?.id ?? OWN)
  const given = chosen === OWN ? `"data":${data || 'null'}` : `"event":${JSON.stringify(chosen)}`
  const raw = `{${id === 'new' ? '' : `"id":${JSON.stringify(id)},`}"connector":${connector},${given}}`
  const [asked] = useDebouncedValue(raw, 300)
  const read = useQuery({
    queryKey: [tenant, 'preview', asked],
    queryFn: async ({ signal }) =>
      (await ask<PreviewResults>('POST', '/v1/preview', { raw: asked, signal })).data,
    enabled: may.change && events.isFetched && clean.url !== '',
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: (count, e) => count < 3 && e instanceof Failure && e.status === 429,
  })
  const place = (pointer: string) => placeIn(draft, pointer)
  const failure = read.error instanceof Failure ? below('/connector', read.error, place) : null
  const result = failure ? undefined : read.data?.results[0]
  return {
    result: result
      ? { ...result, tokens: result.tokens.map((t) => ({ ...t, pointer: place(t.pointer) })) }
      : null,
    failure,
    busy: read.isFetching || asked !== raw,
    none: clean.url === '',
    record: chosen,
    setRecord,
    data,
    setData,
    events: fitting,
  }
}

/** The same failure, its places counted from the connector and as the form shows them. */
function below(prefix: string, failure: Failure, place: (pointer: string) => string): Failure {
  return new Failure(
    failure.status,
    failure.message,
    failure.errors.map((e) =>
      e.pointer?.startsWith(prefix) ? { ...e, pointer: place(e.pointer.slice(prefix.length)) } : e,
    ),
    failure.retryAfter,
  )
}

/** The tokens at a place of the document that found nothing. */
export function missingAt(preview: Preview, pointer: string): string[] {
  return (preview.result?.tokens ?? [])
    .filter((t) => t.value === null && t.pointer === pointer)
    .map((t) => t.token)
}

/** What a token at a place of the document comes to, in words; nothing where it stands for nothing. */
export function toldAt(preview: Preview, pointer: string): (token: string) => string | undefined {
  return (token) => {
    const found = preview.result?.tokens.find((t) => t.pointer === pointer && t.token === token)
    if (!found) return undefined
    return found.value === null ? `Missing: ${found.source}` : `${found.value} — ${found.source}`
  }
}

/** Beside the editor: the exact request for a real event. */
export function PreviewPane({ preview }: { preview: Preview }) {
  const { result, failure } = preview
  const now = useNow()
  const [lit, light] = useState<number>()
  return (
    <div className={css.beside}>
      <aside className={css.pane} aria-label="Live preview">
        <div className={css.head}>
          <h2>What would be sent</h2>
          <NativeSelect
            size="xs"
            aria-label="For which record"
            value={preview.record}
            onChange={(e) => preview.setRecord(e.currentTarget.value)}
            data={[
              ...preview.events.map((e, i) => ({
                value: e.id,
                label: `${i === 0 ? 'Latest: ' : ''}${e.type}${e.key ? ` ${e.key}` : ''}, ${ago(Date.parse(e.createdAt), now)}`,
              })),
              { value: OWN, label: 'Data of your own' },
            ]}
          />
        </div>
        {preview.record === OWN && (
          <CodeField
            label="Data"
            hideLabel
            language="json"
            lines={4}
            value={preview.data}
            onChange={preview.setData}
          />
        )}
        {preview.none ? (
          <p className="dim">Type a URL, and the request appears here as you go on.</p>
        ) : failure ? (
          <Broken failure={failure} />
        ) : !result ? (
          <Skeleton height={180} radius={6} />
        ) : (
          <div className={css.result} data-stale={preview.busy || undefined}>
            {result.problem && <Notice tone="bad">{result.problem.detail}</Notice>}
            {result.notes.map((note) => (
              <Notice key={note}>{note}</Notice>
            ))}
            {result.request && <Request result={result} lit={lit} light={light} />}
            <Tokens result={result} lit={lit} light={light} />
          </div>
        )}
      </aside>
    </div>
  )
}

/** What stands in the way of a request, each with the way to its field. */
function Broken({ failure }: { failure: Failure }) {
  if (failure.status !== 400) return <Notice tone="bad">{words(failure)}</Notice>
  return (
    <Notice tone="warn">
      <strong>Not yet a request:</strong>
      <ul className={css.broken}>
        {failure.errors.slice(0, 8).map((e, i) => (
          <li key={i}>
            {e.pointer && <strong>{placeName(e.pointer)}</strong>} {placeOf(e.detail).detail}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function Request({
  result,
  lit,
  light,
}: {
  result: Result
  lit: number | undefined
  light: (token: number | undefined) => void
}) {
  const request = result.request!
  const marks = marksOf(result.tokens, lit, light)
  return (
    <Message
      label="Preview"
      first={
        <>
          <Method method={request.method} />{' '}
          <span className={css.url}>
            <Highlight text={request.url} kind="text" marks={marks.url} />
          </span>
        </>
      }
      headers={request.headers}
      body={request.body?.text ?? null}
      size={request.body?.size ?? 0}
      marks={marks}
    />
  )
}

function Tokens({
  result,
  lit,
  light,
}: {
  result: Result
  lit: number | undefined
  light: (token: number | undefined) => void
}) {
  if (result.tokens.length === 0) return null
  return (
    <table className={css.tokens}>
      <caption className="only-reader">Where each value came from</caption>
      <thead>
        <tr>
          <th>Token</th>
          <th>Value</th>
        </tr>
      </thead>
      <tbody>
        {result.tokens.map((t, i) => (
          <tr
            key={i}
            data-missing={t.value === null || undefined}
            data-lit={lit === i || undefined}
            onMouseEnter={() => light(i)}
            onMouseLeave={() => light(undefined)}
          >
            <td>
              <code>{t.token}</code>
              <div className="dim">{t.place}</div>
            </td>
            <td>
              {t.value === null ? (
                <strong className={css.missing}>
                  <IconAlertTriangle size={13} aria-hidden /> missing
                </strong>
              ) : (
                <code>{t.value}</code>
              )}
              <div className="dim">{t.source}</div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
