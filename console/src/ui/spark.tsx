import css from './spark.module.css'
import { amount } from './times'

interface Props {
  succeeded: number[]
  failed: number[]
  /** What a bar stands for: `hour`. */
  unit: string
}

const HEIGHT = 16
const STEP = 4

/** Bars for the last while, what failed on top of what succeeded. */
export function Spark({ succeeded, failed, unit }: Props) {
  const most = Math.max(1, ...succeeded.map((n, i) => n + (failed[i] ?? 0)))
  const good = succeeded.reduce((a, b) => a + b, 0)
  const bad = failed.reduce((a, b) => a + b, 0)
  const words =
    good + bad === 0
      ? `Nothing in the last ${succeeded.length} ${unit}s`
      : `${amount(good)} succeeded, ${amount(bad)} failed in the last ${succeeded.length} ${unit}s`
  // Three shapes and not one for each bar: a list draws a hundred of these.
  let none = ''
  let ok = ''
  let wrong = ''
  succeeded.forEach((n, i) => {
    const low = height(n, most)
    const high = Math.min(height(failed[i] ?? 0, most), HEIGHT - (n ? 2 : 0))
    const base = Math.min(low, HEIGHT - high)
    if (base + high === 0) none += bar(i, 0, 1)
    if (base > 0) ok += bar(i, 0, base)
    if (high > 0) wrong += bar(i, base, high)
  })
  return (
    <svg
      className={css.spark}
      width={succeeded.length * STEP}
      height={HEIGHT}
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      <path className={css.none} d={none} />
      <path className={css.ok} d={ok} />
      <path className={css.bad} d={wrong} />
    </svg>
  )
}

function height(n: number, most: number): number {
  return n === 0 ? 0 : Math.max(2, (n / most) * HEIGHT)
}

/** A bar that begins so far above the ground. */
function bar(place: number, from: number, tall: number): string {
  return `M${place * STEP} ${(HEIGHT - from).toFixed(1)}v${(-tall).toFixed(1)}h3v${tall.toFixed(1)}z`
}
