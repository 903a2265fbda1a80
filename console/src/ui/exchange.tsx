import { Button, SegmentedControl } from '@mantine/core'
import { IconCopy, IconTerminal } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import type { ReceivedResponse, SentRequest } from '~/api/contract'
import css from './exchange.module.css'
import { copy } from './files'
import { Highlight } from './highlight'
import type { marksOf } from './marks'
import { asCurl, kindOf, pretty } from './pretty'
import { HttpStatus, Method } from './status'
import { bytes } from './times'
import { done } from './toasts'

/** Headers and a body, as they went over the wire. */
export function Message({
  first,
  headers,
  body,
  size,
  note,
  actions,
  marks,
  label,
}: {
  label: string
  first: ReactNode
  headers: { name: string; value: string }[]
  body: string | null
  size: number
  note?: ReactNode
  actions?: ReactNode
  /** Texts that have a story, which is told on hover. */
  marks?: ReturnType<typeof marksOf>
}) {
  const [asSent, setAsSent] = useState(false)
  const type = headers.find((h) => h.name.toLowerCase() === 'content-type')?.value
  const shown = body === null ? '' : asSent ? body : pretty(body, type)
  return (
    <section className={css.message} aria-label={label}>
      <div className={css.first}>
        <div className="grow">{first}</div>
        {actions}
      </div>
      <details className={css.headers} open={headers.length <= 12}>
        <summary>
          {headers.length} {headers.length === 1 ? 'header' : 'headers'}
        </summary>
        <dl>
          {headers.map((h, i) => (
            <div key={i}>
              <dt>{h.name}</dt>
              <dd>
                <Highlight text={h.value} kind="text" marks={marks?.header(h.name)} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
      {body !== null && body !== '' ? (
        <>
          <div className={css.bar}>
            <span className="dim num">{bytes(size)}</span>
            <span className="grow" />
            {pretty(body, type) !== body && (
              <SegmentedControl
                size="xs"
                aria-label="How the body is shown"
                value={asSent ? 'sent' : 'pretty'}
                onChange={(v) => setAsSent(v === 'sent')}
                data={[
                  { value: 'pretty', label: 'Pretty' },
                  { value: 'sent', label: 'As sent' },
                ]}
              />
            )}
          </div>
          <pre className={css.body} tabIndex={0} aria-label={`${label}: body`}>
            <Highlight text={shown} kind={kindOf(body, type)} marks={marks?.body} />
          </pre>
        </>
      ) : (
        <p className="dim">No body.</p>
      )}
      {note}
    </section>
  )
}

/** The request of an attempt. */
export function Request({ request }: { request: SentRequest }) {
  return (
    <Message
      label="Request"
      first={
        <>
          <Method method={request.method} /> <span className={css.url}>{request.url}</span>
        </>
      }
      headers={request.headers}
      body={request.body}
      size={request.bodySize}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconTerminal size={13} />}
          onClick={() => {
            void copy(asCurl(request)).then(() => done('Copied as cURL. Secrets are masked.'))
          }}
        >
          Copy as cURL
        </Button>
      }
    />
  )
}

/** The answer of an attempt. */
export function Answer({ response }: { response: ReceivedResponse }) {
  const has = response.value !== null && response.value !== undefined
  const values = Object.entries(response.values ?? {})
  return (
    <Message
      label="Response"
      first={
        <>
          <HttpStatus status={response.status} />{' '}
          {response.type !== 'auto' && (
            <span className="dim">read as {response.type.toUpperCase()}</span>
          )}
        </>
      }
      headers={response.headers}
      body={response.bodyEncoding === 'base64' ? null : response.body}
      size={response.bodySize}
      actions={
        response.body && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCopy size={13} />}
            onClick={() => {
              void copy(response.body).then(() => done('Copied.'))
            }}
          >
            Copy
          </Button>
        )
      }
      note={
        <>
          {response.bodyEncoding === 'base64' && (
            <p className="dim">{bytes(response.bodySize)} that are no text.</p>
          )}
          {response.truncated && response.body && (
            <p className="dim">Only the beginning was kept.</p>
          )}
          {response.note && <p className="dim">{response.note}</p>}
          {(has || values.length > 0) && (
            <dl className={css.values}>
              {has && (
                <div>
                  <dt>Response key</dt>
                  <dd className="mono">{JSON.stringify(response.value)}</dd>
                </div>
              )}
              {values.map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="mono">{JSON.stringify(value)}</dd>
                </div>
              ))}
            </dl>
          )}
        </>
      }
    />
  )
}
