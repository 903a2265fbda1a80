import css from './spark.module.css'

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
      : `${good.toLocaleString('en')} succeeded, ${bad.toLocaleString('en')} failed in the last ${succeeded.length} ${unit}s`
  const height = (n: number) => (n === 0 ? 0 : Math.max(2, (n / most) * HEIGHT))
  return (
    <svg
      className={css.spark}
      width={succeeded.length * STEP}
      height={HEIGHT}
      role="img"
      aria-label={words}
    >
      <title>{words}</title>
      {succeeded.map((ok, i) => {
        const wrong = failed[i] ?? 0
        const low = height(ok)
        const high = Math.min(height(wrong), HEIGHT - (ok ? 2 : 0))
        const base = Math.min(low, HEIGHT - high)
        return (
          <g key={i} transform={`translate(${i * STEP} 0)`}>
            {ok + wrong === 0 && <rect className={css.none} y={HEIGHT - 1} width={3} height={1} />}
            <rect className={css.ok} y={HEIGHT - base} width={3} height={base} />
            <rect className={css.bad} y={HEIGHT - base - high} width={3} height={high} />
          </g>
        )
      })}
    </svg>
  )
}
