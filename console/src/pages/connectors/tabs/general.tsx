import { NativeSelect, TextInput } from '@mantine/core'
import { CodeField } from '~/editor/code'
import { Section } from '~/ui/page'
import { CREDENTIALS, SIGNATURES } from '~/ui/proof'
import type { TabProps } from '../editor'
import { missingAt, toldAt } from '../preview'
import { METHODS } from '../quick'
import { WhoFields } from '../who'
import css from './tabs.module.css'

/** Where it goes, and as whom. */
export function GeneralTab({ draft, set, error, preview, known, locked }: TabProps) {
  return (
    <>
      <Section title="Connector" about="The name is for you alone; change it as you like.">
        <TextInput
          label="Name"
          description="Used for reference only."
          value={draft.name}
          disabled={locked}
          error={error('/name')}
          onChange={(e) => set({ name: e.currentTarget.value })}
        />
        <div className={css.url}>
          <NativeSelect
            label="Request Method"
            description="What the call does there."
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
            told={toldAt(preview, '/url')}
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
