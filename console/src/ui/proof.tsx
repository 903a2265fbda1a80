import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { Proof, Secret } from '~/pages/connectors/draft'
import css from './proof.module.css'
import { SecretInput } from './secret'

export const CREDENTIALS = [
  { value: 'basic', label: 'Basic: user name and password' },
  { value: 'bearer', label: 'Bearer token' },
  { value: 'apiKey', label: 'API key' },
  { value: 'query', label: 'Api Authentication: added to the URL' },
  { value: 'custom', label: 'Parameters of your own' },
]

export const SIGNATURES = [
  { value: 'standardWebhooks', label: 'Standard Webhooks' },
  { value: 'hmac', label: 'HMAC of your own' },
]

/** What a kind begins with. */
export function newProof(kind: string): Proof {
  switch (kind) {
    case 'basic':
      return { kind, username: '', password: '' }
    case 'bearer':
      return { kind, token: '' }
    case 'apiKey':
      return { kind, in: 'header', keyName: 'X-Api-Key', prefix: '', key: '' }
    case 'query':
      return { kind: 'custom', parameters: '' }
    case 'custom':
      return { kind, parameters: [{ in: 'header', name: '', value: '' }] }
    case 'hmac':
      return {
        kind,
        header: 'X-Signature',
        algorithm: 'sha256',
        encoding: 'hex',
        prefix: '',
        signed: '{{$body}}',
        secret: '',
      }
    default:
      return { kind, secret: '' }
  }
}

/** The kind as the choice has it. */
export function kindOf(proof: Proof): string {
  return proof.kind === 'custom' && typeof proof.parameters === 'string' ? 'query' : proof.kind
}

interface Parameter {
  in: string
  name: string
  value: Secret
}

interface Props {
  proof: Proof
  onChange: (proof: Proof) => void
  /** What is wrong at a member. */
  error: (member: string) => string | undefined
  disabled?: boolean
}

/** The fields of a credential or a signature. Secrets are typed and never shown. */
export function ProofFields({ proof, onChange, error, disabled }: Props) {
  const set = (change: Record<string, unknown>) => onChange({ ...proof, ...change })
  const text = (name: string) => ({
    value: (proof[name] as string | null | undefined) ?? '',
    error: error(name),
    disabled,
    autoComplete: 'off',
    onChange: (e: { currentTarget: { value: string } }) => set({ [name]: e.currentTarget.value }),
  })
  const secret = (name: string) => ({
    value: proof[name] as Secret,
    error: error(name),
    disabled,
    onChange: (value: Secret) => set({ [name]: value }),
  })
  const optional = (name: string) => ({
    ...text(name),
    onChange: (e: { currentTarget: { value: string } }) =>
      set({ [name]: e.currentTarget.value || null }),
  })
  const order: ('label' | 'input' | 'description' | 'error')[] = [
    'label',
    'input',
    'description',
    'error',
  ]

  switch (kindOf(proof)) {
    case 'basic':
      return (
        <div className={css.two}>
          <TextInput label="Username" {...text('username')} />
          <SecretInput label="Password" {...secret('password')} />
        </div>
      )
    case 'bearer':
      return (
        <SecretInput label="Token" help="Sent as Authorization: Bearer …" {...secret('token')} />
      )
    case 'apiKey':
      return (
        <div className={css.two}>
          <NativeSelect
            label="Where"
            disabled={disabled}
            value={proof.in as string}
            onChange={(e) => {
              const place = e.currentTarget.value
              set({ in: place, ...(place === 'header' ? {} : { prefix: '' }) })
            }}
            data={[
              { value: 'header', label: 'Header' },
              { value: 'query', label: 'Query of the URL' },
              { value: 'cookie', label: 'Cookie' },
            ]}
          />
          <TextInput label="Its name" {...text('keyName')} />
          {proof.in === 'header' && (
            <TextInput label="Before the key" placeholder="Token " {...text('prefix')} />
          )}
          <SecretInput label="Key" {...secret('key')} />
        </div>
      )
    case 'query':
      return (
        <SecretInput
          label="Api Authentication"
          placeholder="api_key=abc123"
          help="What is typed here is added to the URL’s query: one or more name=value, joined by &."
          {...secret('parameters')}
        />
      )
    case 'custom':
      return (
        <Parameters
          rows={(proof.parameters as Parameter[] | undefined) ?? []}
          onChange={(parameters) => set({ parameters })}
          error={error}
          disabled={disabled}
        />
      )
    case 'standardWebhooks':
      return (
        <SecretInput
          label="Secret"
          placeholder="whsec_…"
          help="whsec_ and 24 to 64 bytes in Base64. The receiver checks webhook-signature with it."
          {...secret('secret')}
        />
      )
    case 'hmac':
      return (
        <div className={css.two}>
          <TextInput label="Header" {...text('header')} />
          <TextInput label="Before the signature" placeholder="sha256=" {...text('prefix')} />
          <NativeSelect
            label="Algorithm"
            disabled={disabled}
            data={[
              { value: 'sha256', label: 'SHA-256' },
              { value: 'sha512', label: 'SHA-512' },
              { value: 'sha1', label: 'SHA-1' },
            ]}
            value={proof.algorithm as string}
            onChange={(e) => set({ algorithm: e.currentTarget.value })}
          />
          <NativeSelect
            label="Written as"
            disabled={disabled}
            data={[
              { value: 'hex', label: 'Hex' },
              { value: 'base64', label: 'Base64' },
            ]}
            value={proof.encoding as string}
            onChange={(e) => set({ encoding: e.currentTarget.value })}
          />
          <TextInput
            label="What is signed"
            description="With {{$body}}, {{$timestamp}}, {{$id}}, {{$method}}, {{$url}}, {{$path}}"
            inputWrapperOrder={order}
            {...text('signed')}
          />
          <TextInput
            label="Header for the time"
            placeholder="none"
            {...optional('timestampHeader')}
          />
          <SecretInput label="Secret" {...secret('secret')} />
        </div>
      )
    default:
      return null
  }
}

const places = [
  { value: 'header', label: 'Header' },
  { value: 'query', label: 'Query' },
  { value: 'body', label: 'Body' },
  { value: 'token', label: 'Token' },
]

function Parameters({
  rows,
  onChange,
  error,
  disabled,
}: {
  rows: Parameter[]
  onChange: (rows: Parameter[]) => void
  error: Props['error']
  disabled?: boolean
}) {
  const change = (i: number, part: Partial<Parameter>) =>
    onChange(rows.map((row, at) => (at === i ? { ...row, ...part } : row)))
  return (
    <div className="stack" style={{ gap: 8 }}>
      {rows.map((row, i) => (
        <div key={i} className={css.parameter} role="group" aria-label={`Parameter ${i + 1}`}>
          <NativeSelect
            label="Where"
            disabled={disabled}
            data={places}
            value={row.in}
            onChange={(e) => change(i, { in: e.currentTarget.value })}
          />
          <TextInput
            label="Name"
            disabled={disabled}
            value={row.name}
            error={error(`parameters/${i}/name`)}
            onChange={(e) => change(i, { name: e.currentTarget.value })}
          />
          <SecretInput
            label="Value"
            disabled={disabled}
            value={row.value}
            error={error(`parameters/${i}/value`)}
            onChange={(value) => change(i, { value })}
          />
          {!disabled && (
            <Button
              px={8}
              mt={20}
              variant="subtle"
              color="gray"
              aria-label={`Remove parameter ${i + 1}`}
              onClick={() => onChange(rows.filter((_, at) => at !== i))}
            >
              <IconX size={14} />
            </Button>
          )}
        </div>
      ))}
      {error('parameters') && <span style={{ color: 'var(--bad)' }}>{error('parameters')}</span>}
      {!disabled && (
        <div>
          <Button
            size="xs"
            variant="subtle"
            leftSection={<IconPlus size={13} />}
            onClick={() => onChange([...rows, { in: 'header', name: '', value: '' }])}
          >
            Add a parameter
          </Button>
        </div>
      )}
      <span className="dim" style={{ fontSize: 'var(--t12)' }}>
        A token stands in the request as {'{{$secret.NAME}}'}, where you write it.
      </span>
    </div>
  )
}
