import { Autocomplete, Button, Chip, NativeSelect, TextInput } from '@mantine/core'
import { IconBolt, IconPlus, IconTrash } from '@tabler/icons-react'
import { usePage } from '~/api/lists'
import { CodeField } from '~/editor/code'
import { JsonField } from '~/editor/json-field'
import { Empty, Section } from '~/ui/page'
import type { Trigger } from '../draft'
import type { TabProps } from '../editor'
import css from './tabs.module.css'

const DAYS = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']

/** Which events it gets. */
export function TriggersTab({ draft, set, error, locked }: TabProps) {
  const types = usePage<{ type: string }>('/v1/event-types', { limit: 1000 })
  const known = types.data?.data.map((t) => t.type) ?? []
  const families = [
    ...new Set(known.filter((t) => t.includes('.')).map((t) => `${t.split('.')[0]}.*`)),
  ]
  const change = (index: number, part: Partial<Trigger>) =>
    set({ triggers: draft.triggers.map((t, i) => (i === index ? cleaned({ ...t, ...part }) : t)) })
  const add = () => set({ triggers: [...draft.triggers, { eventType: known[0] ?? '*' }] })
  const more = !locked && (
    <Button variant="default" leftSection={<IconPlus size={14} />} onClick={add}>
      Add a trigger
    </Button>
  )

  if (draft.triggers.length === 0) {
    return (
      <Empty icon={IconBolt} title="No trigger: it gets no events by itself" action={more}>
        A trigger says which events go to this connector, and when. An event that fits several makes
        one delivery.
      </Empty>
    )
  }
  return (
    <>
      {draft.triggers.map((trigger, i) => (
        <Section
          key={i}
          title={`Trigger ${i + 1}`}
          about={
            !locked && (
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                leftSection={<IconTrash size={13} />}
                onClick={() => set({ triggers: draft.triggers.filter((_, at) => at !== i) })}
              >
                Remove
              </Button>
            )
          }
        >
          <Autocomplete
            label="Event type"
            description="One type, all below one such as invoice.*, or * for every event."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            disabled={locked}
            data={['*', ...families, ...known]}
            limit={50}
            value={trigger.eventType}
            error={error(`/triggers/${i}/eventType`)}
            onChange={(eventType) => change(i, { eventType })}
          />
          <JsonField
            label="Filter"
            optional
            lines={3}
            value={trigger.filter}
            error={error(`/triggers/${i}/filter`)}
            locked={locked}
            placeholder={'{"amount": {"$gte": 1000}, "customer.country": "NO"}'}
            help="What the data has to be: paths with values or operators ($gt, $in, $contains, $exist, $not …). Empty: all of them."
            onChange={(filter) => change(i, { filter })}
          />
          <WindowFields
            value={trigger.window}
            error={(part) =>
              error(`/triggers/${i}/window/${part}`) ??
              (part === 'zone' ? error(`/triggers/${i}/window`) : undefined)
            }
            locked={locked}
            onChange={(window) => change(i, { window })}
          />
          <div className={css.two}>
            <TextInput
              label="At least between two deliveries"
              description="What comes sooner is left out."
              placeholder="none, or 30s, 10m, 24h"
              disabled={locked}
              value={trigger.leastDelay ?? ''}
              error={error(`/triggers/${i}/leastDelay`)}
              onChange={(e) => change(i, { leastDelay: e.currentTarget.value || undefined })}
            />
            {trigger.leastDelay && (
              <CodeField
                label="Counted by"
                placeholder="{{user.id}}; empty: all events"
                known={[]}
                readOnly={locked}
                value={trigger.delayKey ?? ''}
                error={error(`/triggers/${i}/delayKey`)}
                onChange={(delayKey) => change(i, { delayKey: delayKey || undefined })}
              />
            )}
          </div>
        </Section>
      ))}
      <div style={{ padding: '12px 0' }}>{more}</div>
    </>
  )
}

function cleaned(trigger: Trigger): Trigger {
  const next = { ...trigger }
  if (!next.leastDelay) delete next.delayKey
  return Object.fromEntries(
    Object.entries(next).filter(([, v]) => v !== undefined),
  ) as unknown as Trigger
}

function WindowFields({
  value,
  error,
  locked,
  onChange,
}: {
  value: Trigger['window']
  error: (part: string) => string | undefined
  locked: boolean
  onChange: (window: Trigger['window']) => void
}) {
  if (!value) {
    return locked ? null : (
      <div>
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconPlus size={13} />}
          onClick={() =>
            onChange({
              weekdays: DAYS.slice(0, 5),
              from: '09:00',
              to: '17:00',
              zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
            })
          }
        >
          Only at certain times
        </Button>
      </div>
    )
  }
  const set = (part: Partial<NonNullable<Trigger['window']>>) => {
    const next = { ...value, ...part }
    onChange(
      Object.fromEntries(Object.entries(next).filter(([, v]) => v !== undefined && v !== '')),
    )
  }
  const field = (
    name: 'from' | 'to' | 'firstDate' | 'lastDate' | 'zone',
    type: string,
    label: string,
  ) => (
    <TextInput
      label={label}
      type={type}
      disabled={locked}
      value={value[name] ?? ''}
      error={error(name)}
      onChange={(e) => set({ [name]: e.currentTarget.value || undefined })}
    />
  )
  return (
    <div className="stack" role="group" aria-label="Only at certain times">
      <Chip.Group
        multiple
        value={value.weekdays ?? DAYS}
        onChange={(weekdays) => set({ weekdays })}
      >
        <div className={css.days}>
          {DAYS.map((day) => (
            <Chip key={day} value={day} size="xs" radius={6} disabled={locked}>
              {day.charAt(0) + day.slice(1).toLowerCase()}
            </Chip>
          ))}
        </div>
      </Chip.Group>
      <div className={css.two}>
        {field('from', 'time', 'From')}
        {field('to', 'time', 'To')}
        {field('zone', 'text', 'Time zone')}
        {field('firstDate', 'date', 'First day')}
        {field('lastDate', 'date', 'Last day')}
        <NativeSelect
          label="What comes at other times"
          disabled={locked}
          value={value.outside ?? 'hold'}
          onChange={(e) => set({ outside: e.currentTarget.value as 'hold' | 'drop' })}
          data={[
            { value: 'hold', label: 'waits until then' },
            { value: 'drop', label: 'is left out' },
          ]}
        />
      </div>
      {!locked && (
        <div>
          <Button size="xs" variant="subtle" color="gray" onClick={() => onChange(undefined)}>
            At any time
          </Button>
        </div>
      )}
    </div>
  )
}
