import { useEffect, useRef, useState } from 'react'
import { answerOf, part } from '~/api/client'
import type { RunProblem } from '~/api/contract'
import { Failure, words } from '~/api/failure'

/** How a run that was asked for here stands. */
export type Running =
  | { state: 'none' }
  | { state: 'asked'; since: number }
  | { state: 'coming'; since: number; received: number; total: number | null }
  | { state: 'ended'; run: string | null; ms: number; answer: Answer }

/** What came of it. */
export type Answer =
  | { kind: 'document'; blob: Blob; type: string; filename: string | null }
  | { kind: 'nothing' }
  | { kind: 'problem'; status: number; problem: RunProblem }
  | { kind: 'failure'; sentence: string; left?: boolean }

/** Runs a command and reads its answer as it comes. */
export function useRunning(command: string) {
  const [running, setRunning] = useState<Running>({ state: 'none' })
  const control = useRef<AbortController>(null)

  useEffect(() => () => control.current?.abort(), [])

  async function run(inputs: string): Promise<void> {
    control.current?.abort()
    const mine = new AbortController()
    control.current = mine
    const since = Date.now()
    setRunning({ state: 'asked', since })
    const end = (run: string | null, answer: Answer) =>
      setRunning({ state: 'ended', run, ms: Date.now() - since, answer })
    let id: string | null = null
    try {
      const answer = await answerOf('POST', `/v1/commands/${part(command)}/run`, {
        raw: `{"inputs":${inputs}}`,
        signal: mine.signal,
      })
      id = answer.headers.get('Fairlead-Run')
      if (!answer.ok) {
        const problem = (await answer.json()) as RunProblem
        end(id ?? problem.run ?? null, { kind: 'problem', status: answer.status, problem })
      } else if (answer.status === 204) {
        end(id, { kind: 'nothing' })
      } else {
        const type = (answer.headers.get('Content-Type') ?? 'application/octet-stream')
          .split(';')[0]!
          .trim()
          .toLowerCase()
        const total = Number(answer.headers.get('Content-Length')) || null
        const blob = await read(answer, type, (received) =>
          setRunning({ state: 'coming', since, received, total }),
        )
        const filename = nameIn(answer.headers.get('Content-Disposition'))
        end(id, { kind: 'document', blob, type, filename })
      }
    } catch (e) {
      if (mine.signal.aborted) {
        if (control.current === mine)
          end(id, { kind: 'failure', left: true, sentence: 'You stopped waiting for it.' })
      } else
        end(id, {
          kind: 'failure',
          sentence:
            e instanceof Failure
              ? words(e)
              : 'The answer broke off on its way. Half of it is not shown; run it again.',
        })
    }
  }

  return { running, run, stop: () => control.current?.abort() }
}

/** Reads a body to its end, and says how far it is. */
async function read(
  answer: Response,
  type: string,
  tell: (received: number) => void,
): Promise<Blob> {
  const reader = answer.body?.getReader()
  if (!reader) return new Blob([await answer.blob()], { type })
  const parts: BlobPart[] = []
  let received = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return new Blob(parts, { type })
    parts.push(value)
    received += value.byteLength
    tell(received)
  }
}

/** The file name that an answer suggests. */
export function nameIn(disposition: string | null): string | null {
  if (!disposition) return null
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)
  if (encoded) {
    try {
      return decodeURIComponent(encoded[1]!)
    } catch {
      return null
    }
  }
  return /filename="((?:[^"\\]|\\.)*)"/i.exec(disposition)?.[1]?.replace(/\\(.)/g, '$1') ?? null
}
