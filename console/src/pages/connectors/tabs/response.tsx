import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import { JsonField } from '~/editor/json-field'
import { Section } from '~/ui/page'
import type { Rule } from '../draft'
import type { TabProps } from '../editor'
import css from './tabs.module.css'

const OUTCOMES = [
  { value: 'SUCCESS', label: 'a success' },
  { value: 'RETRY', label: 'to be repeated' },
  { value: 'FAIL', label: 'a failure, not repeated' },
  { value: 'IGNORE', label: 'of no matter' },
  { value: 'RATE_LIMITED', label: 'rate limited: all of it waits' },
  { value: 'AUTH_EXPIRED', label: 'a refused authorization' },
  { value: 'DISABLE', label: 'the end: switch the connector off' },
]

const order: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
]

/** How answers are read, and what they come to. */
export function ResponseTab({ draft, set, error, locked }: TabProps) {
  const response = draft.response
  const change = (part: Partial<typeof response>) => set({ response: { ...response, ...part } })
  const rules = draft.rules
  const setRule = (i: number, rule: Rule) =>
    set({ rules: rules.map((r, at) => (at === i ? rule : r)) })
  const move = (i: number, by: number) => {
    const next = [...rules]
    const [rule] = next.splice(i, 1)
    next.splice(i + by, 0, rule!)
    set({ rules: next })
  }
  return (
    <>
      <Section
        title="Response"
        about="Which type of data the third party sends back. If it is the wrong one, the log shows an empty result and says why; nothing is lost."
      >
        <div className={css.two}>
          <NativeSelect
            label="Response Data Type"
            description="What the third-party system answers with."
            disabled={locked}
            value={response.type}
            error={error('/response/type')}
            onChange={(e) => change({ type: e.currentTarget.value })}
            data={[
              { value: 'auto', label: 'As the answer says' },
              { value: 'json', label: 'JSON' },
              { value: 'xml', label: 'XML' },
              { value: 'text', label: 'TEXT' },
              { value: 'binary', label: 'Binary, not read' },
            ]}
          />
          <TextInput
            label="Response Key"
            description="Where the value stands that the log shows as the result."
            inputWrapperOrder={order}
            placeholder="order.id"
            disabled={locked}
            value={response.key ?? ''}
            error={error('/response/key')}
            onChange={(e) => change({ key: e.currentTarget.value || undefined })}
          />
          {(response.type === 'text' || response.delimiter) && (
            <TextInput
              label="Delimiter"
              placeholder=","
              disabled={locked}
              value={response.delimiter ?? ''}
              error={error('/response/delimiter')}
              onChange={(e) => change({ delimiter: e.currentTarget.value || undefined })}
            />
          )}
          {(response.type === 'text' || response.keyDelimiter) && (
            <TextInput
              label="Between key and value"
              placeholder="="
              disabled={locked}
              value={response.keyDelimiter ?? ''}
              error={error('/response/keyDelimiter')}
              onChange={(e) => change({ keyDelimiter: e.currentTarget.value || undefined })}
            />
          )}
        </div>
        <Extracts {...{ response, change, error, locked }} />
      </Section>
      <Section
        title="Outcome rules"
        about="What an answer comes to, asked in this order. Without a fitting rule the status decides: 2xx succeeds; timeouts, 408, 425, 429 and 5xx are repeated; all else fails."
      >
        {rules.map((rule, i) => (
          <div key={i} className={css.item}>
            <div className="row" style={{ alignItems: 'flex-end' }}>
              <TextInput
                label={`Rule ${i + 1}`}
                placeholder="its name, if it needs one"
                className="grow"
                disabled={locked}
                value={rule.name ?? ''}
                error={error(`/rules/${i}/name`)}
                onChange={(e) => setRule(i, cleaned({ ...rule, name: e.currentTarget.value }))}
              />
              {!locked && (
                <Button.Group>
                  <Button
                    variant="default"
                    px={8}
                    aria-label="Ask earlier"
                    disabled={i === 0}
                    onClick={() => move(i, -1)}
                  >
                    <IconArrowUp size={14} />
                  </Button>
                  <Button
                    variant="default"
                    px={8}
                    aria-label="Ask later"
                    disabled={i === rules.length - 1}
                    onClick={() => move(i, 1)}
                  >
                    <IconArrowDown size={14} />
                  </Button>
                  <Button
                    variant="default"
                    px={8}
                    aria-label={`Remove rule ${i + 1}`}
                    onClick={() => set({ rules: rules.filter((_, at) => at !== i) })}
                  >
                    <IconTrash size={14} />
                  </Button>
                </Button.Group>
              )}
            </div>
            <JsonField
              label="When"
              value={rule.when}
              locked={locked}
              placeholder={'{"status": "2xx", "body": {"error": {"$exist": true}}}'}
              help="status, header, body (a filter), text, or error (DNS, CONNECT, TLS, TIMEOUT, BROKEN). All that is given must hold."
              error={deep(error, `/rules/${i}/when`)}
              onChange={(when) => setRule(i, { ...rule, when: when as Rule['when'] })}
            />
            <div className={css.two}>
              <NativeSelect
                label="It is"
                disabled={locked}
                data={OUTCOMES}
                value={rule.then}
                error={error(`/rules/${i}/then`)}
                onChange={(e) => setRule(i, cleaned({ ...rule, then: e.currentTarget.value }))}
              />
              {['RETRY', 'RATE_LIMITED'].includes(rule.then) && typeof rule.delay !== 'object' && (
                <TextInput
                  label="After"
                  placeholder="as the schedule says, or 30s, 5m"
                  disabled={locked}
                  value={(rule.delay as string | undefined) ?? ''}
                  error={error(`/rules/${i}/delay`)}
                  onChange={(e) => setRule(i, cleaned({ ...rule, delay: e.currentTarget.value }))}
                />
              )}
              {rule.then !== 'SUCCESS' && (
                <TextInput
                  label="What the log says"
                  placeholder="Refused: {{error.message}}"
                  disabled={locked}
                  value={rule.message ?? ''}
                  error={error(`/rules/${i}/message`)}
                  onChange={(e) => setRule(i, cleaned({ ...rule, message: e.currentTarget.value }))}
                />
              )}
            </div>
          </div>
        ))}
        {!locked && (
          <div>
            <Button
              size="xs"
              variant="subtle"
              leftSection={<IconPlus size={13} />}
              onClick={() =>
                set({
                  rules: [
                    ...rules,
                    { when: { status: '2xx', body: { error: { $exist: true } } }, then: 'FAIL' },
                  ],
                })
              }
            >
              Add a rule
            </Button>
          </div>
        )}
      </Section>
    </>
  )
}

function cleaned(rule: Rule): Rule {
  const next = Object.fromEntries(
    Object.entries(rule).filter(([, v]) => v !== '' && v !== undefined),
  ) as unknown as Rule
  if (!['RETRY', 'RATE_LIMITED'].includes(next.then)) delete next.delay
  if (next.then === 'SUCCESS') delete next.message
  return next
}

/** What is wrong at a place, or right below it. */
function deep(error: (pointer: string) => string | undefined, at: string): string | undefined {
  const below = ['', '/status', '/header', '/body', '/text', '/error'].map((p) => error(at + p))
  return below.find((e) => e !== undefined)
}

function Extracts({
  response,
  change,
  error,
  locked,
}: {
  response: TabProps['draft']['response']
  change: (part: Partial<TabProps['draft']['response']>) => void
  error: (pointer: string) => string | undefined
  locked: boolean
}) {
  const all = response.extract ?? []
  return (
    <div className="stack" style={{ gap: 6 }}>
      {all.map((one, i) => (
        <div key={i} className="row" style={{ alignItems: 'flex-start' }}>
          <TextInput
            aria-label={`Value ${i + 1}: name`}
            placeholder="Name in the log"
            className="grow"
            disabled={locked}
            value={one.name}
            error={error(`/response/extract/${i}/name`)}
            onChange={(e) =>
              change({
                extract: all.map((o, at) => (at === i ? { ...o, name: e.currentTarget.value } : o)),
              })
            }
          />
          <TextInput
            aria-label={`Value ${i + 1}: path`}
            placeholder="order.state"
            className="grow"
            disabled={locked}
            value={one.path}
            error={error(`/response/extract/${i}/path`)}
            onChange={(e) =>
              change({
                extract: all.map((o, at) => (at === i ? { ...o, path: e.currentTarget.value } : o)),
              })
            }
          />
          {!locked && (
            <Button
              px={8}
              variant="subtle"
              color="gray"
              aria-label={`Remove value ${i + 1}`}
              onClick={() => change({ extract: all.filter((_, at) => at !== i) })}
            >
              <IconTrash size={14} />
            </Button>
          )}
        </div>
      ))}
      {!locked && (
        <div>
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => change({ extract: [...all, { name: '', path: '' }] })}
          >
            Take another value out of the answer
          </Button>
        </div>
      )}
    </div>
  )
}
