import type { Problem, ProblemError } from './contract'

/** Why a call did not give what it should, in words for a person. */
export class Failure extends Error {
  /**
   * @param status 0 when no answer came
   * @param retryAfter in seconds, where the hub says so
   */
  constructor(
    readonly status: number,
    message: string,
    readonly errors: ProblemError[] = [],
    readonly retryAfter: number | null = null,
  ) {
    super(message)
  }

  /** Whether the same call may work a little later. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }

  /** What is wrong at a place of the request's body, and below it. */
  at(pointer: string): string | undefined {
    const here = this.errors.filter((e) => e.pointer === pointer)
    return here.length ? here.map((e) => e.detail).join(' ') : undefined
  }

  /** Whether anything is wrong at one of these places or below them. */
  below(...pointers: string[]): boolean {
    return this.errors.some((e) =>
      pointers.some((p) => e.pointer === p || e.pointer?.startsWith(`${p}/`)),
    )
  }
}

export function unreachable(): Failure {
  return new Failure(
    0,
    navigator.onLine
      ? 'The hub does not answer. Nothing that you typed is lost; try again in a moment.'
      : 'You are offline. Nothing that you typed is lost; try again when the network is back.',
  )
}

/** Reads an answer that is not 2xx. */
export async function failureOf(answer: Response): Promise<Failure> {
  const retryAfter = Number(answer.headers.get('Retry-After')) || null
  const problem = await problemOf(answer)
  return new Failure(
    answer.status,
    sentence(answer.status, problem, retryAfter),
    problem?.errors ?? [],
    retryAfter,
  )
}

async function problemOf(answer: Response): Promise<Problem | null> {
  if (!answer.headers.get('Content-Type')?.startsWith('application/problem+json')) {
    return null
  }
  try {
    return (await answer.json()) as Problem
  } catch {
    return null
  }
}

export function sentence(
  status: number,
  problem: Pick<Problem, 'detail' | 'errors'> | null,
  retryAfter: number | null,
): string {
  const wait = retryAfter ? ` Try again in ${seconds(retryAfter)}.` : ' Try again in a moment.'
  switch (status) {
    case 412:
      return 'Somebody else has changed this since you opened it. Nothing was overwritten.'
    case 429:
      return (problem?.detail ?? 'That was too much at once.') + wait
    case 500:
      return 'Something went wrong in the hub; its log says what. Nothing that you typed is lost.'
    case 502:
    case 503:
    case 504:
      return (problem?.detail ?? 'The hub cannot take this now.') + wait
    default:
      return problem?.detail ?? `The hub answered ${status}.`
  }
}

function seconds(count: number): string {
  return count === 1 ? 'a second' : `${count} seconds`
}

/** Any error in words. */
export function words(error: unknown): string {
  return error instanceof Failure
    ? error.message
    : 'Something went wrong in the console. Reload the page; what you typed is kept.'
}
