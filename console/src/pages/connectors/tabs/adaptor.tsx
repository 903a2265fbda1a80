import { Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Adaptor } from '~/api/contract'
import { usePage } from '~/api/lists'
import { Highlight } from '~/ui/highlight'
import { Section } from '~/ui/page'
import type { TabProps } from '../editor'

/** Which adaptor maps the data first. */
export function AdaptorTab({ draft, set, error, locked, preview }: TabProps) {
  const all = usePage<Adaptor>('/v1/adaptors', { limit: 1000 })
  const chosen = all.data?.data.find((a) => a.id === draft.adaptor)
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
        searchable
        clearable
        placeholder="None: tokens see the event’s data"
        nothingFoundMessage="No adaptor has that name."
        value={draft.adaptor}
        error={error('/adaptor')}
        data={(all.data?.data ?? []).map((a) => ({
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
