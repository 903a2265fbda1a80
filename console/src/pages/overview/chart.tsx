import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import type { Stats } from '~/api/contract'
import { amount, howLong } from '~/ui/times'
import css from './chart.module.css'
import { bucketWords, endOf, linear, logarithmic, tick, ticks } from './scale'

type Step = Stats['step']
type Colour = 'ok' | 'bad' | 'warn' | 'accent' | 'accent-2' | 'idle'

export interface Line {
  name: string
  colour: Colour
  values: (number | null)[]
  /** For all of the time together. */
  whole: number | null
  help?: string
  /** Which deliveries are counted. */
  of?: { state?: string; repeated?: true }
}

interface Frame {
  label: string
  title: string
  times: string[]
  step: Step
  lines: Line[]
}

const HEIGHT = 196
const TOP = 8
const BOTTOM = 24
const LEFT = 52
const INNER = HEIGHT - TOP - BOTTOM

/** How many, by time: bars that stand on one another. Each leads to its deliveries. */
export function Bars(frame: Frame) {
  const sums = frame.times.map((_, i) => frame.lines.reduce((n, l) => n + (l.values[i] ?? 0), 0))
  const { top, lines } = linear(Math.max(0, ...sums))
  const y = (n: number) => TOP + INNER - (top ? (n / top) * INNER : 0)
  return (
    <Chart
      {...frame}
      words={(n) => amount(n)}
      grid={lines.map((n) => ({ y: y(n), text: short(n) }))}
    >
      {({ x, band, at }) => {
        const width = Math.max(2, Math.min(28, Math.floor(band * 0.72)))
        return frame.times.map((time, i) => {
          let below = 0
          return frame.lines.map((line) => {
            const n = line.values[i] ?? 0
            if (n === 0) return null
            const from = y(below)
            below += n
            const height = Math.max(2, from - y(below))
            const bar = (
              <rect
                className={css.bar}
                data-colour={line.colour}
                data-dim={(at !== undefined && at !== i) || undefined}
                x={x(i) - width / 2}
                y={from - height}
                width={width}
                height={height}
                rx={1}
              />
            )
            return (
              <Link
                key={`${time}${line.name}`}
                to="/deliveries"
                search={{ ...bucket(time, frame.step), ...line.of }}
                tabIndex={-1}
                aria-hidden
              >
                {bar}
              </Link>
            )
          })
        })
      }}
    </Chart>
  )
}

/** How long, by time: a line each, on a scale of powers of ten. */
export function Durations(frame: Frame) {
  const known = frame.lines.flatMap((l) => l.values.filter((v) => v !== null))
  const { low, high, lines } = logarithmic(known.length ? known : [1, 1_000])
  const y = (ms: number) =>
    TOP + INNER - ((Math.log10(Math.max(1, ms)) - low) / (high - low)) * INNER
  return (
    <Chart {...frame} words={took} grid={lines.map((ms) => ({ y: y(ms), text: took(ms) }))}>
      {({ x, band, at }) =>
        frame.lines.map((line) => (
          <g key={line.name} className={css.line} data-colour={line.colour}>
            {runs(line.values).map(({ from, values }) =>
              values.length === 1 ? (
                // An hour alone is no line yet: it is shown as wide as it is.
                <path key={from} d={`M${x(from) - band * 0.36} ${y(values[0]!)}h${band * 0.72}`} />
              ) : (
                <path
                  key={from}
                  d={values.map((v, i) => `${i ? 'L' : 'M'}${x(from + i)} ${y(v)}`).join('')}
                />
              ),
            )}
            {at !== undefined && line.values[at] != null && (
              <circle cx={x(at)} cy={y(line.values[at])} r={3.5} />
            )}
          </g>
        ))
      }
    </Chart>
  )
}

interface Drawn {
  x: (index: number) => number
  band: number
  /** The bucket that is looked at. */
  at: number | undefined
}

function Chart({
  label,
  title,
  times,
  step,
  lines,
  words,
  grid,
  children,
}: Frame & {
  words: (n: number) => string
  grid: { y: number; text: string }[]
  children: (drawn: Drawn) => ReactNode
}) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const links = useRef<SVGGElement>(null)
  const [at, look] = useState<number>()
  const here = at !== undefined && at < times.length ? at : undefined
  const band = Math.max(1, (width - LEFT) / Math.max(1, times.length))
  const x = (i: number) => LEFT + band * (i + 0.5)

  function pressed(event: KeyboardEvent, i: number): void {
    const to =
      event.key === 'ArrowLeft'
        ? i - 1
        : event.key === 'ArrowRight'
          ? i + 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? times.length - 1
              : undefined
    if (to === undefined) return
    event.preventDefault()
    links.current?.querySelectorAll('a')[to]?.focus()
  }

  const told = (i: number) =>
    `${bucketWords(times[i]!, step)}: ${lines.map((l) => `${l.name} ${value(l.values[i], words)}`).join(', ')}`

  return (
    <section aria-label={label}>
      <div className={css.head}>
        <h2>{title}</h2>
        <span className={css.when}>
          {here === undefined ? '' : bucketWords(times[here]!, step)}
        </span>
        <dl className={css.legend}>
          {lines.map((line) => (
            <div key={line.name} title={line.help}>
              <dt>
                <i data-colour={line.colour} aria-hidden />
                {line.name}
              </dt>
              <dd>{value(here === undefined ? line.whole : line.values[here], words)}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div ref={ref} className={css.chart} onPointerLeave={() => look(undefined)}>
        {width > 0 && (
          <svg
            width={width}
            height={HEIGHT}
            role="group"
            aria-label={`${label}, ${step === '1h' ? 'by hour' : 'by day'}`}
          >
            {grid.map((line) => (
              <g key={line.y} className={css.grid}>
                <line x1={LEFT} x2={width} y1={line.y} y2={line.y} />
                <text x={LEFT - 8} y={line.y} textAnchor="end" dominantBaseline="middle">
                  {line.text}
                </text>
              </g>
            ))}
            <g className={css.grid}>
              {ticks(times, step, width - LEFT).map((i) => (
                <text
                  key={i}
                  x={Math.min(x(i), width - 20)}
                  y={HEIGHT - 6}
                  textAnchor="middle"
                  data-day={tick(times[i]!, step).includes(' ') || undefined}
                >
                  {tick(times[i]!, step)}
                </text>
              ))}
            </g>
            {here !== undefined && (
              <rect
                className={css.here}
                x={x(here) - band / 2}
                y={TOP}
                width={band}
                height={INNER}
              />
            )}
            <g ref={links}>
              {times.map((time, i) => (
                <Link
                  key={time}
                  to="/deliveries"
                  search={bucket(time, step)}
                  aria-label={told(i)}
                  tabIndex={i === (here ?? times.length - 1) ? 0 : -1}
                  className={css.bucket}
                  onPointerEnter={() => look(i)}
                  onFocus={() => look(i)}
                  onBlur={() => look(undefined)}
                  onKeyDown={(e) => pressed(e, i)}
                >
                  <rect x={x(i) - band / 2} y={TOP} width={band} height={INNER + BOTTOM} />
                </Link>
              ))}
            </g>
            <g
              onPointerMove={(e) => {
                const box = e.currentTarget.ownerSVGElement!.getBoundingClientRect()
                look(Math.floor((e.clientX - box.left - LEFT) / band))
              }}
            >
              {children({ x, band, at: here })}
            </g>
          </svg>
        )}
      </div>
    </section>
  )
}

function bucket(at: string, step: Step): { from: string; to: string } {
  return { from: at, to: endOf(at, step) }
}

/** The stretches of values that are there. */
function runs(values: (number | null)[]): { from: number; values: number[] }[] {
  const all: { from: number; values: number[] }[] = []
  values.forEach((v, i) => {
    if (v === null) return
    if (i > 0 && values[i - 1] !== null && all.length) all.at(-1)!.values.push(v)
    else all.push({ from: i, values: [v] })
  })
  return all
}

function value(n: number | null | undefined, words: (n: number) => string): string {
  return n === null || n === undefined ? '–' : words(n)
}

function took(ms: number): string {
  return ms >= 1_000 ? `${+(ms / 1_000).toFixed(1)} s` : howLong(Math.round(ms))
}

function short(n: number): string {
  return n >= 1_000_000 ? `${n / 1_000_000} M` : n >= 10_000 ? `${n / 1_000} k` : amount(n)
}
