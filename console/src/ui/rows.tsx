import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { CodeField } from '~/editor/code'
import type { Known } from '~/editor/tokens'
import type { Row } from '~/pages/connectors/draft'
import css from './rows.module.css'

interface Props {
  rows: Row[]
  onChange: (rows: Row[]) => void
  /** What a row is, for those who can’t see the columns: `Header`. */
  noun: string
  add: string
  nameTitle?: string
  valueTitle?: string
  known?: Known[]
  missing?: (index: number) => string[] | undefined
  error: (index: number, part: string) => string | undefined
  /** Whether rows have a type of their own. */
  typed?: boolean
  /** Whether rows may be files. */
  files?: boolean
  disabled?: boolean
}

const types = [
  { value: '', label: 'As it is' },
  { value: 'string', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'json', label: 'JSON' },
]

/** Names and values in rows, with a button for one more. */
export function Rows(props: Props) {
  const { rows, onChange, noun } = props
  const change = (index: number, part: Partial<Row>) =>
    onChange(rows.map((row, i) => (i === index ? { ...row, ...part } : row)))

  return (
    <div className={css.rows} data-typed={props.typed || undefined}>
      {rows.length > 0 && (
        <div className={css.titles} aria-hidden>
          <span>{props.nameTitle ?? 'Name'}</span>
          <span>{props.valueTitle ?? 'Value'}</span>
          {props.typed && <span>Type</span>}
        </div>
      )}
      {rows.map((row, index) => (
        <div key={index} className={css.row} role="group" aria-label={`${noun} ${index + 1}`}>
          <TextInput
            aria-label={`${noun} ${index + 1}: ${props.nameTitle ?? 'Name'}`}
            value={row.name}
            disabled={props.disabled}
            error={props.error(index, 'name')}
            autoFocus={
              row.name === '' && row.value === '' && index === rows.length - 1 && !props.disabled
            }
            onChange={(e) => change(index, { name: e.currentTarget.value })}
          />
          <CodeField
            label={`${noun} ${index + 1}: ${props.valueTitle ?? 'Value'}`}
            hideLabel
            value={row.value}
            readOnly={props.disabled}
            known={props.known}
            missing={props.missing?.(index)}
            error={props.error(index, 'value') ?? props.error(index, 'type')}
            onChange={(value) => change(index, { value })}
          />
          {props.typed && (
            <Select
              aria-label={`${noun} ${index + 1}: Type`}
              data={types}
              value={row.type ?? ''}
              allowDeselect={false}
              disabled={props.disabled}
              onChange={(type) => change(index, { type: (type || undefined) as Row['type'] })}
            />
          )}
          {props.files && (
            <TextInput
              aria-label={`${noun} ${index + 1}: File name`}
              placeholder="File name, for a file"
              value={row.filename ?? ''}
              disabled={props.disabled}
              error={props.error(index, 'filename')}
              onChange={(e) => change(index, { filename: e.currentTarget.value })}
            />
          )}
          {props.files && (
            <TextInput
              aria-label={`${noun} ${index + 1}: Content type`}
              placeholder="text/plain"
              value={row.contentType ?? ''}
              disabled={props.disabled}
              error={props.error(index, 'contentType')}
              onChange={(e) => change(index, { contentType: e.currentTarget.value })}
            />
          )}
          {!props.disabled && (
            <ActionIcon
              aria-label={`Remove ${noun.toLowerCase()} ${index + 1}`}
              size={32}
              onClick={() => onChange(rows.filter((_, i) => i !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          )}
        </div>
      ))}
      {!props.disabled && (
        <div>
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => onChange([...rows, { name: '', value: '' }])}
          >
            {props.add}
          </Button>
        </div>
      )}
    </div>
  )
}
