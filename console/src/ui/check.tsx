import { useEffect, useRef } from 'react'
import css from './check.module.css'

interface Props {
  /** Stands beside the box; without it `name` is read out alone. */
  label?: string
  name?: string
  checked: boolean
  /** Neither nor: some of what it stands for are chosen. */
  some?: boolean
  disabled?: boolean
  /** Not reached by Tab, where there is another way to it. */
  passed?: boolean
  onChange: (checked: boolean) => void
}

/** A check box as the browser has it: long lists have one in each row, and are drawn with every key. */
export function Check({ label, name, checked, some = false, disabled, passed, onChange }: Props) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (input.current) input.current.indeterminate = some
  }, [some])
  const box = (
    <input
      ref={input}
      type="checkbox"
      className={css.box}
      aria-label={label ? undefined : name}
      tabIndex={passed ? -1 : undefined}
      checked={checked}
      disabled={disabled}
      onChange={(e) => onChange(e.currentTarget.checked)}
    />
  )
  return label ? (
    <label className={css.label}>
      {box}
      {label}
    </label>
  ) : (
    box
  )
}
