import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconGripVertical, IconPlus, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from 'react'
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
  /** What the tokens of a row come to, for who points at one. */
  told?: (index: number) => (token: string) => string | undefined
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
  const list = useRef<HTMLDivElement>(null)
  const order = useOrder(list, rows, onChange)
  const change = (index: number, part: Partial<Row>) =>
    onChange(rows.map((row, i) => (i === index ? { ...row, ...part } : row)))

  return (
    <div className={css.rows} data-typed={props.typed || undefined} ref={list}>
      {rows.length > 0 && (
        <div className={css.titles} aria-hidden>
          <span>{props.nameTitle ?? 'Name'}</span>
          <span>{props.valueTitle ?? 'Value'}</span>
          {props.typed && <span>Type</span>}
        </div>
      )}
      {rows.map((row, index) => (
        <div
          key={index}
          className={css.row}
          role="group"
          aria-label={`${noun} ${index + 1}`}
          data-dragged={order.dragged === index || undefined}
          onKeyDown={(e) => order.pressed(e, index)}
        >
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
            told={props.told?.(index)}
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
            <div className={css.end}>
              <button
                type="button"
                className={css.grip}
                aria-label={`Move ${noun.toLowerCase()} ${index + 1}`}
                title="Drag, or press the arrow keys, to move it"
                disabled={rows.length < 2}
                {...order.grip(index)}
              >
                <IconGripVertical size={14} aria-hidden />
              </button>
              <ActionIcon
                aria-label={`Remove ${noun.toLowerCase()} ${index + 1}`}
                size={32}
                onClick={() => onChange(rows.filter((_, i) => i !== index))}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
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

/** Rows in the order that somebody gives them: by dragging the grip, or by arrow keys on it. */
function useOrder(
  list: RefObject<HTMLDivElement | null>,
  rows: Row[],
  onChange: (rows: Row[]) => void,
) {
  const [dragged, setDragged] = useState<number>()

  function move(from: number, to: number): void {
    if (to < 0 || to >= rows.length || to === from) return
    const next = [...rows]
    const [row] = next.splice(from, 1)
    next.splice(to, 0, row!)
    onChange(next)
  }

  function focus(index: number): void {
    list.current?.querySelectorAll<HTMLElement>('[data-grip]')[index]?.focus()
  }

  function by(event: KeyboardEvent, index: number): void {
    const to = event.key === 'ArrowUp' ? index - 1 : event.key === 'ArrowDown' ? index + 1 : index
    if (to === index) return
    event.preventDefault()
    event.stopPropagation()
    move(index, to)
    focus(Math.max(0, Math.min(to, rows.length - 1)))
  }

  /** The row that a height on the screen belongs to. */
  function under(y: number): number {
    const groups = [...(list.current?.querySelectorAll('[role=group]') ?? [])]
    const at = groups.findIndex((g) => y < g.getBoundingClientRect().bottom)
    return at < 0 ? groups.length - 1 : at
  }

  return {
    dragged,
    pressed: (event: KeyboardEvent, index: number) => {
      const onGrip = (event.target as Element).hasAttribute('data-grip')
      if (onGrip && !event.altKey) by(event, index)
    },
    grip: (index: number) => ({
      'data-grip': true,
      onPointerDown: (e: PointerEvent<HTMLButtonElement>) => {
        e.currentTarget.setPointerCapture(e.pointerId)
        setDragged(index)
      },
      onPointerMove: (e: PointerEvent<HTMLButtonElement>) => {
        if (dragged === undefined) return
        const to = under(e.clientY)
        if (to === dragged) return
        move(dragged, to)
        setDragged(to)
      },
      onPointerUp: () => {
        if (dragged !== undefined) focus(dragged)
        setDragged(undefined)
      },
      onPointerCancel: () => setDragged(undefined),
    }),
  }
}
