import {
  ActionIcon,
  Autocomplete,
  Button,
  Modal,
  Popover,
  Select,
  Switch,
  TextInput,
} from '@mantine/core'
import { useDebouncedValue, useHotkeys } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import {
  IconCalendar,
  IconGripVertical,
  IconPlus,
  IconSettings,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Fragment, useState } from 'react'
import { ask, part } from '~/api/client'
import { write } from '~/api/exact'
import type { Adaptor, AdaptorPreviewResults } from '~/api/contract'
import { type Failure, words } from '~/api/failure'
import { useMay, useSessionState } from '~/api/session'
import { Changed } from '~/pages/commands/conflict'
import { useEdit, useVersion, type Version } from '~/pages/commands/editing'
import { useKnown } from '~/pages/connectors/known'
import { Highlight } from '~/ui/highlight'
import { Notice, Page } from '~/ui/page'
import { SaveBar } from '~/ui/save-bar'
import { prettyJson } from '~/ui/pretty'
import { done, failed } from '~/ui/toasts'
import { Unread } from '~/ui/unread'
import { When } from '~/ui/when'
import css from './one.module.css'
import { documentRow, type EditRow, editable, moved, newRow, SECTIONS, stepped } from './rows'
import { UsedBy } from '~/ui/used-by'

/** An adaptor while it is edited. */
interface AdaptorDraft {
  name: string
  active: boolean
  rows: EditRow[]
}

function draftOf(adaptor: Adaptor | null): AdaptorDraft {
  return adaptor
    ? { name: adaptor.name, active: adaptor.active, rows: adaptor.rows.map(editable) }
    : { name: '', active: true, rows: [newRow(SECTIONS[0]!, 'first')] }
}

function documentOf({ name, active, rows }: AdaptorDraft) {
  return { name, active, rows: rows.map(documentRow) }
}

export default function OneAdaptor() {
  const { id } = useParams({ from: '/inside/adaptors/$id' })
  const read = useVersion<Adaptor>(pathOf(id), id !== 'new', true)
  const trail = <Link to="/adaptors">Adaptors</Link>
  if (id === 'new') return <Form key={id} id={id} read={{ document: null, etag: null }} />
  if (!read.data?.document) return <Unread title="Adaptor" trail={trail} read={read} />
  return <Form key={id} id={id} read={read.data} />
}

function pathOf(id: string): string {
  return `/v1/adaptors/${part(id)}`
}

function Form({ id, read }: { id: string; read: Version<Adaptor> }) {
  const { tenant } = useSessionState()
  const may = useMay()
  const client = useQueryClient()
  const navigate = useNavigate()
  const edit = useEdit<Adaptor, AdaptorDraft>(
    {
      path: pathOf(id),
      make: id === 'new' ? '/v1/adaptors' : undefined,
      draftOf,
      documentOf,
      tidied: (draft) => draft,
      bare: (draft) => draft,
      exact: true,
    },
    read,
  )
  const { failure, dirty, busy, saved } = edit
  const { name, active, rows } = edit.draft
  const setRows = (next: EditRow[]) => edit.set({ rows: next })
  const [removing, setRemoving] = useState(false)
  const [drag, setDrag] = useState<number>()
  const [over, setOver] = useState<number>()
  const [said, say] = useState('')
  const known = useKnown({ triggers: [], adaptor: null, authorization: null })
  const sources = known.filter((k) => !k.name.startsWith('$')).map((k) => k.name)
  const locked = !may.change
  const change = (i: number, part: Partial<EditRow>) =>
    setRows(rows.map((row, at) => (at === i ? { ...row, ...part } : row)))
  function step(i: number, by: 1 | -1) {
    const next = stepped(rows, i, by)
    if (next === rows) return
    setRows(next)
    const at = next.findIndex((r) => r.key === rows[i]!.key)
    say(`Row ${at + 1} of ${next.length}, in ${next[at]!.section || 'no section'}`)
  }

  function drop(to: number) {
    if (drag === undefined) return
    const { section } = rows[to]!
    setRows(
      moved(
        rows.map((r, at) => (at === drag ? { ...r, section } : r)),
        drag,
        to,
      ),
    )
    setDrag(undefined)
    setOver(undefined)
  }

  const sections = [...new Set([...SECTIONS, ...rows.map((r) => r.section)])].filter(Boolean)

  async function save() {
    const made = await edit.save()
    if (!made) return
    done(`Saved “${made.name}”.`)
    if (id === 'new')
      await navigate({ to: '/adaptors/$id', params: { id: made.id }, replace: true })
  }

  async function remove() {
    try {
      await ask('DELETE', pathOf(id))
      edit.discard()
      await client.invalidateQueries({ queryKey: [tenant, '/v1/adaptors'] })
      done(`Deleted “${name}”.`)
      await navigate({ to: '/adaptors' })
    } catch (e) {
      setRemoving(false)
      failed(e)
    }
  }

  useHotkeys([['mod+S', () => void save()]], [], true)

  return (
    <Page
      title={name || 'New adaptor'}
      trail={<Link to="/adaptors">Adaptors</Link>}
      about={
        saved && (
          <>
            {saved.usedBy.length === 0 ? 'No connector uses it.' : 'Used by '}
            <UsedBy connectors={saved.usedBy} />
          </>
        )
      }
      actions={
        saved &&
        may.change && (
          <Button
            variant="default"
            leftSection={<IconTrash size={14} />}
            onClick={() => setRemoving(true)}
          >
            Delete
          </Button>
        )
      }
    >
      <Changed edit={edit} noun="adaptor" />
      {failure && failure.status !== 412 && <Notice tone="bad">{failure.message}</Notice>}
      <div className="row" style={{ alignItems: 'flex-start', flexWrap: 'wrap', gap: 24 }}>
        <TextInput
          label="Name"
          description="Connectors choose it by this name."
          w={320}
          disabled={locked}
          value={name}
          error={failure?.at('/name')}
          onChange={(e) => edit.set({ name: e.currentTarget.value })}
        />
        <Switch
          label="Active"
          mt={26}
          disabled={locked}
          checked={active}
          onChange={(e) => edit.set({ active: e.currentTarget.checked })}
        />
      </div>
      <div className="only-reader" aria-live="polite">
        {said}
      </div>
      <div className={css.scroll}>
        <table className={css.map} aria-label="Mapping">
          <thead>
            <tr>
              <th aria-label="Order" />
              <th>Label</th>
              <th>Field</th>
              <th>Mapped To</th>
              <th>Default Value (if empty)</th>
              <th>More</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <Fragment key={row.key}>
                {(i === 0 || rows[i - 1]!.section !== row.section) && row.section && (
                  <tr className={css.section}>
                    <th colSpan={6} scope="rowgroup">
                      {row.section}
                    </th>
                  </tr>
                )}
                <tr
                  data-dragged={drag === i || undefined}
                  data-over={
                    over === i && drag !== undefined && drag !== i
                      ? drag > i
                        ? 'before'
                        : 'after'
                      : undefined
                  }
                  onDragOver={(e) => {
                    if (drag === undefined) return
                    e.preventDefault()
                    setOver(i)
                  }}
                  onDrop={(e) => {
                    e.preventDefault()
                    drop(i)
                  }}
                >
                  <td>
                    {!locked && (
                      <span
                        role="button"
                        tabIndex={0}
                        className={css.grip}
                        draggable
                        aria-label={`Move row ${i + 1}; use the arrow keys`}
                        title="Drag to another place, or use the arrow keys"
                        onDragStart={(e) => {
                          e.dataTransfer.effectAllowed = 'move'
                          e.dataTransfer.setData('text/plain', row.label || row.source)
                          const whole = e.currentTarget.closest('tr')
                          if (whole) e.dataTransfer.setDragImage(whole, 16, 18)
                          setDrag(i)
                        }}
                        onDragEnd={() => {
                          setDrag(undefined)
                          setOver(undefined)
                        }}
                        onKeyDown={(e) => {
                          if (e.key !== 'ArrowUp' && e.key !== 'ArrowDown') return
                          e.preventDefault()
                          step(i, e.key === 'ArrowUp' ? -1 : 1)
                        }}
                      >
                        <IconGripVertical size={14} />
                      </span>
                    )}
                  </td>
                  <td data-title="Label">
                    <TextInput
                      aria-label={`Row ${i + 1}: Label`}
                      disabled={locked}
                      value={row.label}
                      error={failure?.at(`/rows/${i}/label`)}
                      onChange={(e) => change(i, { label: e.currentTarget.value })}
                    />
                  </td>
                  <td data-title="Field">
                    {row.isConstant ? (
                      <TextInput
                        aria-label={`Row ${i + 1}: Value`}
                        leftSection={<span className="dim">=</span>}
                        disabled={locked}
                        value={row.constant}
                        error={failure?.at(`/rows/${i}/constant`)}
                        onChange={(e) => change(i, { constant: e.currentTarget.value })}
                      />
                    ) : (
                      <Autocomplete
                        aria-label={`Row ${i + 1}: Field`}
                        placeholder="customer.name"
                        disabled={locked}
                        data={[...new Set(sources)]}
                        limit={30}
                        value={row.source}
                        error={failure?.at(`/rows/${i}/source`) ?? failure?.at(`/rows/${i}`)}
                        onChange={(source) => change(i, { source })}
                      />
                    )}
                  </td>
                  <td data-title="Mapped To">
                    <TextInput
                      aria-label={`Row ${i + 1}: Mapped To`}
                      placeholder="not sent"
                      disabled={locked}
                      value={row.target}
                      error={failure?.at(`/rows/${i}/target`)}
                      onChange={(e) => change(i, { target: e.currentTarget.value })}
                    />
                  </td>
                  <td data-title="Default Value (if empty)">
                    <TextInput
                      aria-label={`Row ${i + 1}: Default Value`}
                      disabled={locked || row.isConstant}
                      value={row.fallback}
                      error={failure?.at(`/rows/${i}/default`)}
                      onChange={(e) => change(i, { fallback: e.currentTarget.value })}
                    />
                  </td>
                  <td>
                    <span className="row" style={{ gap: 2 }}>
                      <DateFormat
                        row={row}
                        i={i}
                        locked={locked}
                        failure={failure}
                        onChange={(p) => change(i, p)}
                      />
                      <RowMore
                        row={row}
                        i={i}
                        sections={sections}
                        locked={locked}
                        failure={failure}
                        onChange={(p) => change(i, p)}
                        onStep={(by) => step(i, by)}
                      />
                      {!locked && (
                        <ActionIcon
                          aria-label={`Remove row ${i + 1}`}
                          onClick={() => setRows(rows.filter((_, at) => at !== i))}
                        >
                          <IconX size={14} />
                        </ActionIcon>
                      )}
                    </span>
                  </td>
                </tr>
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      {!locked && (
        <div className="row" style={{ flexWrap: 'wrap' }}>
          {SECTIONS.map((section) => (
            <Button
              key={section}
              size="xs"
              variant="subtle"
              leftSection={<IconPlus size={13} />}
              onClick={() => {
                const last = rows.findLastIndex((r) => r.section === section)
                setRows(
                  moved([...rows, newRow(section)], rows.length, last < 0 ? rows.length : last + 1),
                )
              }}
            >
              Add to {section}
            </Button>
          ))}
        </div>
      )}
      <p className="dim">
        Only rows with “Mapped To” are sent; several targets are parted by commas. Rows are applied
        from top to bottom.
      </p>
      {may.change && <Generated id={id} document={documentOf(edit.draft)} saved={saved !== null} />}
      {may.change && (
        <SaveBar
          {...{ dirty, busy }}
          idle={saved ? 'All is saved.' : 'Nothing is typed yet.'}
          action="Save Adaptor"
          disabled={!dirty}
          onSave={() => void save()}
          onDiscard={edit.discard}
        />
      )}
      <Modal opened={removing} onClose={() => setRemoving(false)} title={`Delete “${name}”?`}>
        <p>This can’t be undone. An adaptor that a connector uses is not deleted.</p>
        <div className="row" style={{ justifyContent: 'flex-end', marginTop: 16 }}>
          <Button variant="default" onClick={() => setRemoving(false)}>
            Cancel
          </Button>
          <Button data-danger onClick={() => void remove()}>
            Delete
          </Button>
        </div>
      </Modal>
    </Page>
  )
}

interface PartProps {
  row: EditRow
  i: number
  locked: boolean
  onChange: (part: Partial<EditRow>) => void
}

/** The formats that have a name, and what each makes of an evening in March. */
const FORMATS: Record<string, string> = {
  default: '2026-03-02 21:05:09',
  datetime: '2026-03-02 21:05:09',
  date: '2026-03-02',
  us: '03/02/2026',
  us12: '03/02/2026 09:05:09 PM',
  us24: '03/02/2026 21:05:09',
  verbose: 'Monday, March 2, 2026 9:05 PM',
  short: '2-03-26',
  compact: '20260302',
  dotted: '03.02.26',
  long: 'March 2, 2026',
  iso: '2026-03-02T21:05:09Z',
  compactUtc: '20260302T210509Z',
  http: 'Mon, 02 Mar 2026 21:05:09 GMT',
  unix: '1772485509',
  unixMillis: '1772485509000',
  age: 'whole years, from a date of birth',
}

const ZONES = Intl.supportedValuesOf('timeZone')

function DateFormat({
  row,
  i,
  locked,
  failure,
  onChange,
}: PartProps & { failure: Failure | null }) {
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} width={280} position="bottom-end" trapFocus>
      <Popover.Target>
        <ActionIcon
          aria-label={`Row ${i + 1}: set date format`}
          title={row.dateFormat ? `Date format: ${row.dateFormat}` : 'Set date format'}
          disabled={locked || row.isConstant}
          onClick={() => setOpened(true)}
          data-set={row.dateFormat ? true : undefined}
          data-wrong={failure?.below(`/rows/${i}/dateFormat`, `/rows/${i}/zone`) ? true : undefined}
          className={css.part}
        >
          <IconCalendar size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={12}>
        <div className="stack">
          <Autocomplete
            label="Date format"
            placeholder="none, or dd.MM.yyyy HH:mm"
            data={Object.keys(FORMATS)}
            renderOption={({ option }) => (
              <span>
                {option.value} <span className="dim">{FORMATS[option.value]}</span>
              </span>
            )}
            value={row.dateFormat}
            error={failure?.at(`/rows/${i}/dateFormat`)}
            comboboxProps={{ withinPortal: false }}
            onChange={(dateFormat) => onChange({ dateFormat })}
          />
          <Autocomplete
            label="Time zone"
            placeholder="UTC"
            disabled={!row.dateFormat}
            data={ZONES}
            limit={40}
            comboboxProps={{ withinPortal: false }}
            value={row.zone}
            error={failure?.at(`/rows/${i}/zone`)}
            onChange={(zone) => onChange({ zone })}
          />
          <Button onClick={() => setOpened(false)}>Ok</Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function RowMore({
  row,
  i,
  sections,
  locked,
  failure,
  onChange,
  onStep,
}: PartProps & {
  sections: string[]
  failure: Failure | null
  onStep: (by: 1 | -1) => void
}) {
  return (
    <Popover width={300} position="bottom-end" trapFocus>
      <Popover.Target>
        <ActionIcon
          aria-label={`Row ${i + 1}: more`}
          title="Section, filters and type"
          disabled={locked}
          data-set={row.filters || row.type || row.required ? true : undefined}
          data-wrong={failure?.below(`/rows/${i}/filters`, `/rows/${i}/type`) ? true : undefined}
          className={css.part}
        >
          <IconSettings size={15} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={12}>
        <div className="stack">
          <Autocomplete
            label="Section"
            data={sections}
            comboboxProps={{ withinPortal: false }}
            value={row.section}
            onChange={(section) => onChange({ section })}
          />
          <Switch
            label="A value of its own, not from the event"
            checked={row.isConstant}
            onChange={(e) => onChange({ isConstant: e.currentTarget.checked })}
          />
          {!row.isConstant && (
            <Switch
              label="Must not be empty"
              checked={row.required}
              disabled={row.fallback !== ''}
              onChange={(e) => onChange({ required: e.currentTarget.checked })}
            />
          )}
          {!row.isConstant && (
            <TextInput
              label="Filters"
              placeholder="trim | upper"
              value={row.filters}
              error={failure?.at(`/rows/${i}/filters`)}
              onChange={(e) => onChange({ filters: e.currentTarget.value })}
            />
          )}
          <Select
            label="Made into"
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            value={row.type}
            onChange={(type) => onChange({ type: type ?? '' })}
            data={[
              { value: '', label: 'As it is' },
              { value: 'string', label: 'Text' },
              { value: 'number', label: 'Number' },
              { value: 'boolean', label: 'Yes or no' },
              { value: 'json', label: 'JSON' },
            ]}
          />
          <div className="row">
            <Button size="xs" variant="default" onClick={() => onStep(-1)}>
              Move up
            </Button>
            <Button size="xs" variant="default" onClick={() => onStep(1)}>
              Move down
            </Button>
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

function shownJson(value: unknown): string {
  const text = write(value)
  return prettyJson(text) ?? text
}

/** What it makes of the last events, and what this change would change. */
function Generated({ id, document, saved }: { id: string; document: unknown; saved: boolean }) {
  const { tenant } = useSessionState()
  const body = write({
    adaptor: document,
    ...(saved ? { id } : {}),
    last: 5,
    eventType: '*',
  })
  const [asked] = useDebouncedValue(body, 400)
  const read = useQuery({
    queryKey: [tenant, 'adaptor-preview', asked],
    queryFn: async ({ signal }) =>
      (
        await ask<AdaptorPreviewResults>('POST', '/v1/adaptors/preview', {
          raw: asked,
          signal,
          exact: true,
        })
      ).data,
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 60_000,
  })
  const results = read.data?.results ?? []
  const changed = results.filter((r) => r.changed).length
  return (
    <section aria-label="Generated data" className="stack">
      <div>
        <h2>Generated data</h2>
        <p className="dim">
          {read.isError
            ? words(read.error)
            : results.length === 0
              ? 'What it makes of real events appears here as soon as there is one.'
              : saved
                ? changed === 0
                  ? `For the last ${results.length} events it makes what the saved one makes.`
                  : `For ${changed} of the last ${results.length} events it makes something else than the saved one.`
                : `Of the last ${results.length} events.`}
        </p>
      </div>
      {!read.isError && (
        <div className={css.results}>
          {results.slice(0, 3).map((r, i) => (
            <div key={r.event?.id ?? i} className={css.result}>
              <div className="row">
                <strong>{r.event?.type}</strong>
                <span className="dim">{r.event && <When at={r.event.time} />}</span>
                {r.changed && <span style={{ color: 'var(--warn)' }}>changed</span>}
              </div>
              {r.problem ? (
                <Notice tone="bad">{r.problem.detail}</Notice>
              ) : (
                <pre>
                  <Highlight text={shownJson(r.made)} kind="json" />
                </pre>
              )}
              {r.changed && r.before?.made && (
                <details>
                  <summary className="dim">The saved one makes</summary>
                  <pre>
                    <Highlight text={shownJson(r.before.made)} kind="json" />
                  </pre>
                </details>
              )}
            </div>
          ))}
        </div>
      )}
    </section>
  )
}
