import { TextInput } from '@mantine/core'
import { Choice } from '~/ui/filters'
import { RANGES, rangeStart } from '~/ui/times'
import css from './times.module.css'

const CHOSEN = { value: 'chosen', label: 'Between' }

/** Between which times data is looked through. Said as times, so that the address can be shared. */
export function Times({
  from,
  to,
  onChange,
}: {
  from?: string
  to?: string
  onChange: (times: { from?: string; to?: string }) => void
}) {
  const set = Boolean(from || to)
  return (
    <>
      <Choice
        label="Time"
        value={set ? CHOSEN.value : ''}
        onChange={(range) => {
          if (range !== CHOSEN.value) onChange({ from: rangeStart(range), to: undefined })
        }}
        options={set ? [...RANGES, CHOSEN] : RANGES}
      />
      {set && (
        <span className={css.times}>
          <TextInput
            type="datetime-local"
            aria-label="From"
            value={local(from)}
            onChange={(e) => onChange({ from: instant(e.currentTarget.value), to })}
          />
          <span className="dim" aria-hidden>
            –
          </span>
          <TextInput
            type="datetime-local"
            aria-label="To"
            value={local(to)}
            onChange={(e) => onChange({ from, to: instant(e.currentTarget.value) })}
          />
        </span>
      )}
    </>
  )
}

/** As a field for times wants it: the reader’s own time, to the minute. */
function local(at: string | undefined): string {
  const time = at ? Date.parse(at) : Number.NaN
  if (Number.isNaN(time)) return ''
  return new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function instant(typed: string): string | undefined {
  const time = Date.parse(typed)
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}
