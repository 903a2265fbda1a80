import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Secret } from '~/pages/connectors/draft'

/** A secret: typed, never shown. One that is set says so, until another is typed. */
export function SecretInput({
  label,
  value,
  onChange,
  error,
  help,
  placeholder,
  disabled,
  required,
}: {
  label: string
  value: Secret
  onChange: (value: Secret) => void
  error?: string
  help?: string
  placeholder?: string
  disabled?: boolean
  required?: boolean
}) {
  const [kept, setKept] = useState<Secret>()
  const isSet = typeof value === 'object' && value !== null
  const order: ('label' | 'input' | 'description' | 'error')[] = [
    'label',
    'input',
    'description',
    'error',
  ]
  if (isSet && !error) {
    return (
      <TextInput
        label={label}
        description={help}
        inputWrapperOrder={order}
        value="•••••••• is set"
        readOnly
        disabled={disabled}
        rightSectionWidth={72}
        rightSection={
          !disabled && (
            <Button
              size="xs"
              variant="subtle"
              onClick={() => {
                setKept(value)
                onChange('')
              }}
            >
              Change
            </Button>
          )
        }
      />
    )
  }
  return (
    <PasswordInput
      label={label}
      description={help}
      error={error}
      inputWrapperOrder={order}
      autoComplete="off"
      data-1p-ignore
      disabled={disabled}
      required={required}
      withAsterisk={false}
      placeholder={kept && value === '' ? 'Type the new one' : placeholder}
      value={typeof value === 'string' ? value : ''}
      onChange={(e) => onChange(e.currentTarget.value)}
      onBlur={() => {
        if (value === '' && kept) {
          onChange(kept)
          setKept(undefined)
        }
      }}
    />
  )
}
