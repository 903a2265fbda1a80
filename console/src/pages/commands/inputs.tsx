import { NativeSelect, TextInput } from '@mantine/core'
import type { Command } from '~/api/contract'

interface Props {
  inputs: Command['inputs']
  typed: Record<string, string>
  onChange: (typed: Record<string, string>) => void
  error: (name: string) => string | undefined
}

/** A field for each input of a command, by its type. */
export function InputFields({ inputs, typed, onChange, error }: Props) {
  if (inputs.length === 0) return <p className="dim">This command takes no inputs.</p>
  return (
    <>
      {inputs.map((input) => {
        const common = {
          label: input.required === false ? `${input.name} (may be left out)` : input.name,
          description: input.description ?? undefined,
          inputWrapperOrder: ['label', 'input', 'description', 'error'] as (
            'label' | 'input' | 'description' | 'error'
          )[],
          value: typed[input.name] ?? '',
          error: error(input.name),
          onChange: (e: { currentTarget: { value: string } }) =>
            onChange({ ...typed, [input.name]: e.currentTarget.value }),
        }
        return input.type === 'boolean' ? (
          <NativeSelect
            key={input.name}
            {...common}
            data={[
              { value: '', label: 'Not given' },
              { value: 'true', label: 'Yes' },
              { value: 'false', label: 'No' },
            ]}
          />
        ) : (
          <TextInput
            key={input.name}
            {...common}
            type={input.type === 'date' ? 'date' : 'text'}
            inputMode={input.type === 'number' ? 'decimal' : undefined}
            autoComplete="off"
          />
        )
      })}
    </>
  )
}
