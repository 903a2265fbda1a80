import { NativeSelect, Select, TextInput } from '@mantine/core'
import type { Authorization } from '~/api/contract'
import { usePage } from '~/api/lists'
import { CodeField } from '~/editor/code'
import { Section } from '~/ui/page'
import { CREDENTIALS, kindOf, newProof, ProofFields, SIGNATURES } from '~/ui/proof'
import type { Who } from '../draft'
import type { TabProps } from '../editor'
import { missingAt } from '../preview'
import { METHODS } from '../quick'
import css from './tabs.module.css'

/** Where it goes, and as whom. */
export function GeneralTab({ draft, set, error, preview, known, locked }: TabProps) {
  return (
    <>
      <Section title="Connector" about="The name is for you alone; change it as you like.">
        <TextInput
          label="Name"
          value={draft.name}
          disabled={locked}
          error={error('/name')}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
        <div className={css.url}>
          <NativeSelect
            label="Request Method"
            data={METHODS}
            value={draft.method}
            disabled={locked}
            error={error('/method')}
            onChange={(e) => set({ method: e.currentTarget.value })}
          />
          <CodeField
            label="API URL"
            value={draft.url}
            known={known}
            missing={missingAt(preview, '/url')}
            readOnly={locked}
            placeholder="https://api.example.com/items/{{InvoiceNumber}}"
            help="Tokens may stand in the path and the query. Each value arrives whole, whatever is in it."
            error={error('/url')}
            onChange={(url) => set({ url })}
          />
        </div>
      </Section>
      <Section
        title="Api Authentication"
        about="Who calls are made as. Secrets are encrypted, sent to this host only, and never shown again."
      >
        <WhoFields
          label="Authorization"
          who={draft.authorization}
          kinds={CREDENTIALS}
          place="/authorization"
          error={error}
          locked={locked}
          onChange={(authorization) => set({ authorization })}
        />
      </Section>
      <Section
        title="Signing"
        about="A signature over exactly what is sent, for receivers that check who sent it."
      >
        <WhoFields
          label="Signature"
          who={draft.signing}
          kinds={SIGNATURES}
          place="/signing"
          error={error}
          locked={locked}
          onChange={(signing) => set({ signing })}
        />
      </Section>
    </>
  )
}

/** An authorization or a signature: none, one of the saved, or one typed here. */
export function WhoFields({
  label,
  who,
  kinds,
  place,
  error,
  locked,
  onChange,
}: {
  label: string
  who: Who
  kinds: { value: string; label: string }[]
  place: string
  error: (pointer: string) => string | undefined
  locked: boolean
  onChange: (who: Who) => void
}) {
  const all = usePage<Authorization>('/v1/authorizations', { limit: 1000 })
  const signs = (kind: string) => kind === 'standardWebhooks' || kind === 'hmac'
  const saved = (all.data?.data ?? []).filter((a) => signs(a.kind) === (place === '/signing'))
  const value = who === null ? '' : 'id' in who && !('kind' in who) ? who.id : kindOf(who)

  return (
    <>
      <Select
        label={label}
        allowDeselect={false}
        searchable
        disabled={locked}
        error={error(place) ?? error(`${place}/id`)}
        value={value}
        onChange={(next) => {
          if (!next) onChange(null)
          else if (next.startsWith('aut_')) onChange({ id: next })
          else onChange(newProof(next))
        }}
        data={[
          { value: '', label: 'None' },
          ...(saved.length
            ? [
                {
                  group: 'Authorizations',
                  items: saved.map((a) => ({ value: a.id, label: a.name })),
                },
              ]
            : []),
          { group: 'For this connector alone', items: kinds },
        ]}
      />
      {who !== null && 'kind' in who && (
        <ProofFields
          proof={who}
          disabled={locked}
          error={(member) => error(`${place}/${member}`)}
          onChange={onChange}
        />
      )}
    </>
  )
}
