import { Autocomplete, Button, Modal, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { ask, getText, part } from '~/api/client'
import type { EventAccepted } from '~/api/contract'
import { Failure } from '~/api/failure'
import { usePage } from '~/api/lists'
import { useSessionState } from '~/api/session'
import { CodeField } from '~/editor/code'
import { Notice } from '~/ui/page'
import { member, prettyJson } from '~/ui/pretty'
import { done } from '~/ui/toasts'

/** A window to send an event as the product would. */
export function SendEvent({
  opened,
  type,
  onClose,
}: {
  opened: boolean
  type?: string
  onClose: () => void
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Send a test event"
      size={640}
      closeOnClickOutside={false}
    >
      {opened && <Form first={type === 'new' ? '' : (type ?? '')} onClose={onClose} />}
    </Modal>
  )
}

function Form({ first, onClose }: { first: string; onClose: () => void }) {
  const { tenant } = useSessionState()
  const client = useQueryClient()
  const navigate = useNavigate()
  const types = usePage<{ type: string }>('/v1/event-types', { limit: 1000 })
  const known = types.data?.data.map((t) => t.type) ?? []
  const [type, setType] = useState(first)
  const [key, setKey] = useState('')
  const [typed, setTyped] = useState<string>()
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const sample = useQuery({
    queryKey: [tenant, 'sample', type],
    queryFn: async () => member(await getText(`/v1/event-types/${part(type)}`), 'sample'),
    enabled: known.includes(type),
    staleTime: 60_000,
  })
  const data =
    typed ??
    prettyJson(sample.data ?? '') ??
    '{\n  "InvoiceNumber": "INV0000001",\n  "amount": 119.50\n}'

  const told = failure?.errors ?? []
  const ofData = told.filter((e) => e.pointer === '/data' || e.pointer?.startsWith('/data/'))
  const wrongData =
    ofData
      .map((e) => (e.pointer === '/data' ? e.detail : `${e.pointer!.slice(5)}: ${e.detail}`))
      .join(' ') || undefined
  const unplaced = told
    .filter((e) => !ofData.includes(e) && e.pointer !== '/type' && e.pointer !== '/key')
    .map((e) => e.detail)

  async function send() {
    if (prettyJson(data) === null) {
      const detail = 'This is not JSON: look for a comma, a quote or a bracket that is missing.'
      setFailure(new Failure(400, 'The data is not JSON.', [{ pointer: '/data', detail }]))
      return
    }
    setBusy(true)
    setFailure(undefined)
    try {
      // The data goes as it was typed: numbers keep their digits.
      const raw = `{"type":${JSON.stringify(type)},${key ? `"key":${JSON.stringify(key)},` : ''}"data":${data}}`
      const { data: accepted } = await ask<EventAccepted>('POST', '/v1/events', { raw })
      await client.invalidateQueries()
      done(
        accepted.deliveries === 1
          ? 'Sent: it goes to 1 connector.'
          : `Sent: it goes to ${accepted.deliveries} connectors.`,
      )
      onClose()
      await navigate({ to: '/events/$id', params: { id: accepted.id } })
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      setFailure(e)
    } finally {
      setBusy(false)
    }
  }

  return (
    <form
      className="stack"
      onSubmit={(e) => {
        e.preventDefault()
        void send()
      }}
    >
      <p className="dim">It is a real event: every connector whose triggers it fits gets it.</p>
      {failure && (unplaced.length > 0 || failure.errors.length === 0) && (
        <Notice tone="bad">{[failure.message, ...unplaced].join(' ')}</Notice>
      )}
      <Autocomplete
        label="Type"
        description="What happened. Triggers go by it."
        placeholder="invoice.paid"
        data={known.slice(0, 100)}
        value={type}
        data-autofocus
        error={failure?.at('/type')}
        onChange={setType}
      />
      <TextInput
        label="Key"
        description="What it is about, such as a customer’s number. You can find events by it. May be left empty."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={key}
        error={failure?.at('/key')}
        onChange={(e) => setKey(e.currentTarget.value)}
      />
      <CodeField
        label="Data"
        language="json"
        lines={8}
        value={data}
        error={wrongData}
        onChange={setTyped}
      />
      {typed !== undefined && sample.data && prettyJson(sample.data) !== typed && (
        <div>
          <Button size="xs" variant="subtle" onClick={() => setTyped(undefined)}>
            Put in the latest data of {type}
          </Button>
        </div>
      )}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={!type}>
          Send
        </Button>
      </div>
    </form>
  )
}
