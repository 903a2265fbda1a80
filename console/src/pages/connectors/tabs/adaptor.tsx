import { Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Adaptor } from '~/api/contract'
import { Highlight } from '~/ui/highlight'
import { useNamed } from '~/ui/named'
import { Section } from '~/ui/page'
import type { TabProps } from '../editor'

/** Which adaptor maps the data first. */
export function AdaptorTab({ draft, set, error, locked, preview }: TabProps) {
  const { choices, chosen, search } = useNamed<Adaptor>('/v1/adaptors', draft.adaptor)
  const made = preview.result?.adapted
  return (
    <Section
      title="Adaptor"
      about={
        <>
          Maps an event’s data to the third party’s fields before tokens are filled. See{' '}
          <Link to="/adaptors">adding, editing and deleting adaptors</Link>.
        </>
      }
    >
      <Select
        label="Adaptor ID"
        description="The adaptor that is assigned to the vendor."
        disabled={locked}
        {...search}
        clearable
        placeholder="None: tokens see the event’s data"
        value={draft.adaptor}
        error={error('/adaptor')}
        data={choices.map((a) => ({
          value: a.id,
          label: a.active ? a.name : `${a.name} (off)`,
          disabled: !a.active,
        }))}
        onChange={(adaptor) => set({ adaptor })}
      />
      {chosen && (
        <p className="dim">
          {chosen.rows.length} rows.{' '}
          <Link to="/adaptors/$id" params={{ id: chosen.id }}>
            Change the mapping
          </Link>
        </p>
      )}
      {draft.adaptor && made !== undefined && (
        <div>
          <h3>Generated data</h3>
          <pre
            style={{
              margin: '6px 0 0',
              padding: 12,
              border: '1px solid var(--line)',
              borderRadius: 6,
              background: 'var(--bg-sunken)',
              overflow: 'auto',
            }}
          >
            <Highlight text={JSON.stringify(made, null, 2)} kind="json" />
          </pre>
        </div>
      )}
    </Section>
  )
}
