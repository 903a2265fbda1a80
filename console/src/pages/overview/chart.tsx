import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import css from './chart.module.css'

interface Line {
  name: string
  colour: 'ok' | 'bad' | 'warn' | 'accent'
  values: (number | null)[]
}

const HEIGHT = 200

/** Numbers over time, with their exact values where the pointer is. */
export function Chart({
  times,
  lines,
  step,
  unit,
  bars,
}: {
  times: string[]
  lines: Line[]
  step: string
  unit?: string
  bars?: boolean
}) {
  const { ref: sized, width: measured } = useElementSize<HTMLDivElement>()
  const host = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(null)
  const scheme = useComputedColorScheme()
  const width = Math.floor(measured)
  const shape = JSON.stringify([width > 0, scheme, lines.map((l) => l.name), unit, bars, step])
  // Bars stand on one another: the highest is drawn first, and the others over it.
  const drawn = bars ? [...lines].reverse() : lines
  const data: uPlot.AlignedData = [
    times.map((t) => Date.parse(t) / 1000),
    ...(bars ? stacked(lines).reverse() : lines.map((l) => l.values)),
  ] as uPlot.AlignedData
  const latest = useRef({ data, drawn, width })
  useEffect(() => {
    latest.current = { data, drawn, width }
  })

  useEffect(() => {
    const element = host.current
    if (!element || latest.current.width <= 0) return
    const style = getComputedStyle(document.documentElement)
    const colour = (name: string) => style.getPropertyValue(`--${name}`).trim()
    const axis: uPlot.Axis = {
      stroke: colour('ink-3'),
      grid: { stroke: colour('line'), width: 1 },
      ticks: { show: false },
      font: '11px "Inter Variable", sans-serif',
    }
    const made = new uPlot(
      {
        width: latest.current.width,
        height: HEIGHT,
        cursor: { y: false, points: { size: 6 } },
        legend: { live: true },
        scales: { y: { range: (_, __, max) => [0, Math.max(max * 1.1, bars ? 4 : 10)] } },
        axes: [
          { ...axis, grid: { show: false } },
          {
            ...axis,
            size: 56,
            values: (_, ticks) => ticks.map((t) => (unit ? time(t) : short(t))),
          },
        ],
        series: [
          {
            label: 'Time',
            value: (_, v) => (v === null ? '' : new Date(v * 1000).toLocaleString()),
          },
          ...latest.current.drawn.map((line, at) => ({
            label: line.name,
            stroke: colour(line.colour),
            fill: bars ? colour(line.colour) : undefined,
            width: bars ? 0 : 1.5,
            paths: bars ? uPlot.paths.bars!({ size: [0.7, 24], align: 0 }) : undefined,
            points: { show: !bars && latest.current.drawn.length < 5, size: 4 },
            spanGaps: false,
            value: (_: uPlot, __: number | null, ___: number, index: number | null) => {
              const v = index === null ? null : (latest.current.drawn[at]?.values[index] ?? null)
              return v === null ? '–' : unit ? time(v) : v.toLocaleString('en')
            },
          })),
        ],
      },
      latest.current.data,
      element,
    )
    chart.current = made
    return () => {
      made.destroy()
      chart.current = null
    }
  }, [shape, bars, unit])

  useEffect(() => {
    if (width > 0) chart.current?.setSize({ width, height: HEIGHT })
  }, [width])

  const values = JSON.stringify(data)
  useEffect(() => {
    chart.current?.setData(JSON.parse(values) as uPlot.AlignedData)
  }, [values])

  const sums = lines
    .map((l) => `${l.name}: ${unit ? 'at most' : 'in all'} ${summed(l.values, unit)}`)
    .join('; ')
  return (
    <div ref={sized} className={css.chart} role="img" aria-label={sums}>
      <div ref={host} />
    </div>
  )
}

/** Each line on top of those before it. */
function stacked(lines: Line[]): number[][] {
  const below: number[] = []
  return lines.map((line) =>
    line.values.map((v, i) => {
      below[i] = (below[i] ?? 0) + (v ?? 0)
      return below[i]
    }),
  )
}

function summed(values: (number | null)[], unit: string | undefined): string {
  const known = values.filter((v) => v !== null)
  if (unit) return known.length ? time(Math.max(...known)) : 'nothing'
  return known.reduce((a, b) => a + b, 0).toLocaleString('en')
}

function short(n: number): string {
  return n >= 1_000_000
    ? `${n / 1_000_000} M`
    : n >= 10_000
      ? `${n / 1_000} k`
      : n.toLocaleString('en')
}

function time(ms: number): string {
  return ms >= 1_000 ? `${+(ms / 1_000).toFixed(2)} s` : `${Math.round(ms)} ms`
}
