import { Skeleton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ask, part } from '~/api/client'
import type { BindingTestResult, Command, TargetTest } from '~/api/contract'
import { Failure, words } from '~/api/failure'
import { useMay, useSessionState } from '~/api/session'
import css from '~/pages/connectors/preview.module.css'
import { Message } from '~/ui/exchange'
import { Highlight } from '~/ui/highlight'
import { marksOf } from '~/ui/marks'
import { Notice } from '~/ui/page'
import { Method } from '~/ui/status'
import { placeName } from '~/ui/places'
import { placeOf } from '~/editor/tokens'
import { bindingDocument, type BindingDraft, inputsJson, tidiedBinding } from './draft'
import { InputFields } from './inputs'

export interface DryRun {
  results: TargetTest[]
  notes: string[]
  /** Why the draft can’t be read, by its place in the binding’s document; or what inputs are wrong. */
  failure: Failure | null
  busy: boolean
  none: boolean
}

/** The requests that a draft would make, asked anew when typing stops. */
export function useDryRun(
  command: Command,
  draft: BindingDraft,
  typed: Record<string, string>,
): DryRun {
  const { tenant } = useSessionState()
  const may = useMay()
  const binding = JSON.stringify(bindingDocument(tidiedBinding(draft)))
  const none = draft.targets.every((t) => (t.kind === 'own' ? !t.draft.url.trim() : !t.connector))
  const raw = `{"dryRun":true,"inputs":${inputsJson(command.inputs, typed)},"binding":${binding}}`
  const [asked] = useDebouncedValue(raw, 300)
  const path = `/v1/commands/${part(command.name)}/test`
  const read = useQuery({
    queryKey: [tenant, 'dry-run', path, asked],
    queryFn: async ({ signal }) =>
      (await ask<BindingTestResult>('POST', path, { raw: asked, signal })).data,
    enabled: may.change && !none,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    gcTime: 60_000,
    retry: (count, e) => count < 3 && e instanceof Failure && e.status === 429,
  })
  const failure = read.error instanceof Failure ? below('/binding', read.error) : null
  return {
    results: failure ? [] : (read.data?.results ?? []),
    notes: failure ? [] : (read.data?.notes ?? []),
    failure,
    busy: read.isFetching || asked !== raw,
    none,
  }
}

/** The same failure, its places counted from the binding. */
function below(prefix: string, failure: Failure): Failure {
  return new Failure(
    failure.status,
    failure.message,
    failure.errors.map((e) =>
      e.pointer?.startsWith(prefix) ? { ...e, pointer: e.pointer.slice(prefix.length) } : e,
    ),
    failure.retryAfter,
  )
}

/** The tokens at a place of a target that found nothing. */
export function missingAt(run: DryRun, index: number, pointer: string): string[] {
  return (run.results.find((r) => r.target === index + 1)?.tokens ?? [])
    .filter((t) => t.value === null && t.pointer?.endsWith(pointer))
    .map((t) => t.token)
}

/** Beside the binding: the exact request of each target, for inputs that can be changed. */
export function DryRunPane({
  command,
  run,
  typed,
  onTyped,
}: {
  command: Command
  run: DryRun
  typed: Record<string, string>
  onTyped: (typed: Record<string, string>) => void
}) {
  const { failure, results } = run
  const inputs = failure?.status === 422
  return (
    <aside className={css.pane} aria-label="What would be sent">
      <h2>What would be sent</h2>
      <InputFields
        inputs={command.inputs}
        typed={typed}
        onChange={onTyped}
        error={(name) => (inputs ? failure.at(`/inputs/${name}`) : undefined)}
      />
      {run.none ? (
        <p className="dim">Type a URL, and the request appears here as you go on.</p>
      ) : failure ? (
        !inputs && <NotYet failure={failure} />
      ) : results.length === 0 ? (
        <Skeleton height={180} radius={6} />
      ) : (
        <div className={css.result} data-stale={run.busy || undefined}>
          {run.notes.map((note) => (
            <Notice key={note}>{note}</Notice>
          ))}
          {results.map((one) => (
            <One key={one.target} one={one} several={results.length > 1} />
          ))}
        </div>
      )}
    </aside>
  )
}

function NotYet({ failure }: { failure: Failure }) {
  if (failure.status !== 400) return <Notice tone="bad">{words(failure)}</Notice>
  return (
    <Notice tone="warn">
      <strong>Not yet a request:</strong>
      <ul style={{ margin: '4px 0 0 16px' }}>
        {failure.errors.slice(0, 8).map((e, i) => (
          <li key={i}>
            {e.pointer && <strong>{placeName(e.pointer)}</strong>} {placeOf(e.detail).detail}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function One({ one, several }: { one: TargetTest; several: boolean }) {
  const request = one.request
  const marks = marksOf(one.tokens)
  return (
    <div className="stack">
      {several && (
        <h3>
          {one.target}. {one.name}
        </h3>
      )}
      {one.problem && <Notice tone="bad">{one.problem.detail}</Notice>}
      {request && (
        <Message
          label={several ? `Request ${one.target}` : 'Request'}
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
      )}
    </div>
  )
}
