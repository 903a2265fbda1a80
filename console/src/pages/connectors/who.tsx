import { Select } from '@mantine/core'
import type { Authorization } from '~/api/contract'
import { signs } from '~/pages/authorizations/kinds'
import { useNamed } from '~/ui/named'
import { kindOf, newProof, ProofFields } from '~/ui/proof'
import type { Who } from './draft'

/** As whom: nobody, an authorization, or a credential in place. */
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
  const value = who === null ? '' : 'id' in who && !('kind' in who) ? who.id : kindOf(who)
  const { choices, search } = useNamed<Authorization>(
    '/v1/authorizations',
    value.startsWith('aut_') ? value : null,
    true,
    value === '' ? 'None' : kinds.find((kind) => kind.value === value)?.label,
  )
  const saved = choices.filter((a) => signs(a.kind) === (place === '/signing'))

  return (
    <>
      <Select
        label={label}
        description={
          place === '/signing'
            ? 'By which the receiver can tell who sent it.'
            : 'By which the third party knows who calls.'
        }
        allowDeselect={false}
        {...search}
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
