import { NumberInput, Switch, TagsInput, TextInput } from '@mantine/core'
import { Section } from '~/ui/page'
import type { TabProps } from '../editor'
import css from './tabs.module.css'

const order: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
]

/** How long, how often, how many at once. */
export function PolicyTab({ draft, set, error, locked }: TabProps) {
  const policy = draft.policy
  const change = (part: Partial<typeof policy>) => set({ policy: { ...policy, ...part } })
  const scheduleError =
    error('/policy/retrySchedule') ??
    policy.retrySchedule
      .map((_, i) => error(`/policy/retrySchedule/${i}`))
      .find((e) => e !== undefined)
  return (
    <>
      <Section
        title="Status"
        about="One that is not active is not called; what comes for it meanwhile is held."
      >
        <Switch
          label={draft.active ? 'Active' : 'Disabled'}
          disabled={locked}
          checked={draft.active}
          onChange={(e) => set({ active: e.currentTarget.checked })}
        />
      </Section>
      <Section title="Delivery" about="What happens when the third party is slow or away.">
        <div className={css.two}>
          <TextInput
            label="Longest call"
            description="From 1s to 2m. After that it counts as a timeout."
            inputWrapperOrder={order}
            disabled={locked}
            value={policy.timeout}
            error={error('/policy/timeout')}
            onChange={(e) => change({ timeout: e.currentTarget.value })}
          />
          <NumberInput
            label="Calls at once"
            description="From 1 to 1,000. Others wait in line."
            inputWrapperOrder={order}
            disabled={locked}
            min={1}
            max={1000}
            value={policy.concurrency}
            error={error('/policy/concurrency')}
            onChange={(n) => change({ concurrency: Number(n) || 0 })}
          />
        </div>
        <TagsInput
          label="Waits between attempts"
          description="Such as 5s, 2m, 1h; after the last one it has failed, and can be retried by hand. None: one attempt."
          inputWrapperOrder={order}
          disabled={locked}
          allowDuplicates
          value={policy.retrySchedule}
          error={scheduleError}
          onChange={(retrySchedule) => change({ retrySchedule })}
        />
      </Section>
    </>
  )
}
