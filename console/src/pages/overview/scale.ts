import type { Stats } from '~/api/contract'

type Step = Stats['step']

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** The time that a bucket stands for. */
export function endOf(at: string, step: Step): string {
  return new Date(Date.parse(at) + (step === '1h' ? HOUR : 24 * HOUR)).toISOString()
}

/** A bucket below the chart: `14:00`, and a day’s first hour by its date. */
export function tick(at: string, step: Step): string {
  const date = new Date(at)
  return step === '1d' || (date.getHours() === 0 && date.getMinutes() < 60)
    ? day(date)
    : clock(date)
}

/** A bucket in full: `Nov 22, 14:00–15:00`. */
export function bucketWords(at: string, step: Step): string {
  const date = new Date(at)
  return step === '1d'
    ? `${day(date)}, in UTC`
    : `${day(date)}, ${clock(date)}–${clock(new Date(endOf(at, step)))}`
}

function day(date: Date): string {
  return date.toLocaleDateString('en', { month: 'short', day: 'numeric' })
}

function clock(date: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Which buckets are named below a chart, so that names have room. */
export function ticks(times: string[], step: Step, width: number): number[] {
  const room = Math.max(2, Math.floor(width / 60))
  const steps = step === '1d' ? [1, 2, 5, 7, 14] : [1, 2, 3, 6, 12, 24, 48]
  const every = steps.find((n) => times.length / n <= room) ?? steps.at(-1)!
  return times.flatMap((at, i) => {
    const date = new Date(at)
    const number = step === '1d' ? i : Math.round(localHours(date))
    return number % every === 0 ? [i] : []
  })
}

/** Hours since a midnight long ago, by the reader’s clock. */
function localHours(date: Date): number {
  return (date.getTime() - date.getTimezoneOffset() * MINUTE) / HOUR
}

/** A round number not below the most, and the lines to draw up to it. */
export function linear(most: number): { top: number; lines: number[] } {
  const step = roundStep(Math.max(most, 4) / 4)
  const count = Math.max(1, Math.ceil(most / step))
  return {
    top: count * step,
    lines: Array.from({ length: count + 1 }, (_, i) => i * step),
  }
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 2.5, 5, 10].find((n) => n * power >= rough)! * power
  return Math.max(1, Math.round(step))
}

/** Powers of ten around some times, in milliseconds. */
export function logarithmic(values: number[]): { low: number; high: number; lines: number[] } {
  const low = Math.floor(Math.log10(Math.max(1, Math.min(...values))))
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(1, ...values))))
  return { low, high, lines: Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i)) }
}
