import { QueryClient } from '@tanstack/react-query'
import { Failure } from './failure'

/** What was read stays fresh for a few seconds; what may pass is asked again, quietly, twice. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: 10 * 60_000,
      retry: (count, error) => count < 2 && error instanceof Failure && error.passing,
      retryDelay: (count, error) =>
        error instanceof Failure && error.retryAfter
          ? Math.min(error.retryAfter, 10) * 1_000
          : 500 * 2 ** count,
    },
  },
})
