const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** The times that lists can be narrowed to. */
export const RANGES = [
  { value: '', label: 'Any time' },
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
  { value: '30d', label: 'Last 30 days' },
]

/** `3 min ago`, `in 2 h`; beyond a week the date. */
export function ago(at: number, now: number): string {
  const distance = Math.abs(now - at)
  const text =
    distance < 10_000
      ? 'now'
      : distance < minute
        ? `${Math.floor(distance / 1_000)} s`
        : distance < hour
          ? `${Math.floor(distance / minute)} min`
          : distance < day
            ? `${Math.floor(distance / hour)} h`
            : distance < 7 * day
              ? `${Math.floor(distance / day)} d`
              : null
  if (text === null) return shortDate(new Date(at).toISOString(), new Date(now))
  if (text === 'now') return text
  return at > now ? `in ${text}` : `${text} ago`
}

/** `10/23`, with the year where it is another one. */
export function shortDate(at: string, now: Date = new Date()): string {
  const date = new Date(at)
  const text = `${date.getMonth() + 1}/${date.getDate()}`
  return date.getFullYear() === now.getFullYear() ? text : `${text}/${date.getFullYear()}`
}

/** To the millisecond, in the reader's zone. */
export function exact(at: string): string {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  const offset = -date.getTimezoneOffset()
  const zone =
    offset === 0
      ? 'UTC'
      : `UTC${offset < 0 ? '−' : '+'}${two(Math.floor(Math.abs(offset) / 60))}:${two(Math.abs(offset) % 60)}`
  return (
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ` +
    `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.` +
    `${String(date.getMilliseconds()).padStart(3, '0')} ${zone}`
  )
}

/** `8 ms`, `1.24 s`, `2 min`. */
export function howLong(ms: number): string {
  if (ms < 1_000) return `${ms} ms`
  if (ms < 10_000) return `${(ms / 1_000).toFixed(2)} s`
  if (ms < minute) return `${(ms / 1_000).toFixed(1)} s`
  return `${Math.floor(ms / minute)} min ${Math.round((ms % minute) / 1_000)} s`
}

export function bytes(count: number): string {
  if (count < 1024) return `${count} B`
  if (count < 1024 * 1024) return `${(count / 1024).toFixed(1)} KiB`
  return `${(count / 1024 / 1024).toFixed(1)} MiB`
}

/** With commas between thousands. `Intl` knows this too, but takes 30 ms to begin. */
function grouped(n: number): string {
  return String(Math.round(n)).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** A number that is known exactly. */
export function amount(n: number): string {
  return grouped(n)
}

/** How many a list has; more than it counts end with a plus. */
export function count(n: number): string {
  return n >= 10_000 ? `${grouped(n)}+` : grouped(n)
}

/** The start of a range of time up to now, from its name in the URL. */
export function rangeStart(range: string, now: number = Date.now()): string | undefined {
  const spans: Record<string, number> = {
    '1h': hour,
    '24h': day,
    '7d': 7 * day,
    '30d': 30 * day,
  }
  const span = spans[range]
  // To the minute, so that the same list keeps the same cursor.
  return span ? new Date(Math.floor((now - span) / minute) * minute).toISOString() : undefined
}

/** `Nov 22, 14:00–15:00`, by the reader’s clock; one end may be open. */
export function span(from: string | undefined, to: string | undefined): string {
  const start = from === undefined ? undefined : moment(from)
  const end = to === undefined ? undefined : moment(to)
  if (!start) return end ? `Until ${end.day}, ${end.clock}` : 'Any time'
  if (!end) return `Since ${start.day}, ${start.clock}`
  const soon = Date.parse(to!) - Date.parse(from!) < day
  return `${start.day}, ${start.clock}–${start.day === end.day || soon ? '' : `${end.day}, `}${end.clock}`
}

function moment(at: string): { day: string; clock: string } {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return {
    day: date.toLocaleDateString('en', { month: 'short', day: 'numeric' }),
    clock: `${two(date.getHours())}:${two(date.getMinutes())}`,
  }
}
