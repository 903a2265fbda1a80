import { useState } from 'react'
import { CodeField } from './code'

interface Props {
  label: string
  /** The object; as long as what is typed is none, the text as it is. */
  value: unknown
  onChange: (value: unknown) => void
  placeholder: string
  help: string
  error: string | undefined
  locked: boolean
  lines?: number
  /** Whether there may be none. */
  optional?: boolean
}

/** A JSON object while it is typed. What is not one yet stays in the draft as text, and so is not lost. */
export function JsonField({ value, onChange, error, locked, optional, lines, ...rest }: Props) {
  const [typed, setTyped] = useState({ value, text: written(value, lines) })
  const same = JSON.stringify(typed.value) === JSON.stringify(value)
  // Something else has been put here: another row that moved up, or what somebody else has saved.
  if (!same) setTyped({ value, text: written(value, lines) })
  const text = same ? typed.text : written(value, lines)
  const wrong = typeof value === 'string' && 'This is not a JSON object yet.'
  return (
    <CodeField
      {...rest}
      language="json"
      lines={lines}
      readOnly={locked}
      value={text}
      error={wrong || error}
      onChange={(next) => {
        const read = objectOf(next, optional)
        setTyped({ value: read, text: next })
        onChange(read)
      }}
    />
  )
}

function written(value: unknown, lines = 1): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, lines > 1 ? 2 : undefined)
}

function objectOf(text: string, optional = false): unknown {
  if (optional && text.trim() === '') return undefined
  try {
    const read: unknown = JSON.parse(text)
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? read : text
  } catch {
    return text
  }
}
