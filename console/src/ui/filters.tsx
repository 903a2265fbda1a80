import { Button, CloseButton, NativeSelect, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import css from './filters.module.css'

/** The line above a list that says what is shown of it. */
export function Filters({ children }: { children: ReactNode }) {
  return <div className={css.filters}>{children}</div>
}

/** Text to look for; asked when typing stops. */
export function SearchBox({
  value,
  onChange,
  placeholder,
  width = 260,
}: {
  value: string
  onChange: (value: string) => void
  placeholder: string
  width?: number
}) {
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  if (known !== value) {
    setKnown(value)
    setTyped(value)
  }
  const tell = useDebouncedCallback(onChange, 250)
  return (
    <TextInput
      className={css.search}
      style={{ width }}
      type="search"
      aria-label={placeholder}
      placeholder={placeholder}
      leftSection={<IconSearch size={14} />}
      value={typed}
      data-search
      rightSection={
        typed && (
          <CloseButton
            size="sm"
            aria-label="Clear"
            onClick={() => {
              setTyped('')
              onChange('')
            }}
          />
        )
      }
      onChange={(e) => {
        setTyped(e.currentTarget.value)
        tell(e.currentTarget.value)
      }}
    />
  )
}

/** One choice among few. */
export function Choice({
  label,
  value,
  onChange,
  options,
}: {
  label: string
  value: string
  onChange: (value: string) => void
  options: { value: string; label: string }[]
}) {
  return (
    <NativeSelect
      className={css.choice}
      aria-label={label}
      value={value}
      data-set={value !== options[0]?.value || undefined}
      onChange={(e) => onChange(e.currentTarget.value)}
      data={options}
    />
  )
}

/** A filter that came with a link: said, and taken away by a click. */
export function Chip({ children, onRemove }: { children: ReactNode; onRemove: () => void }) {
  return (
    <Button
      className={css.chip}
      variant="default"
      title="Take this filter away"
      rightSection={<IconX size={13} aria-hidden />}
      onClick={onRemove}
    >
      {children}
    </Button>
  )
}
