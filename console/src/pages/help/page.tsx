import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Egress } from '~/api/contract'
import { get } from '~/api/client'
import { useSessionState } from '~/api/session'
import { Page } from '~/ui/page'
import { Method } from '~/ui/status'
import css from './help.module.css'

const parts: { id: string; title: string; content: ReactNode }[] = [
  {
    id: 'rest',
    title: 'What a REST call is',
    content: (
      <>
        <p>
          A REST service is a program at a web address. One calls it by HTTP: a <b>method</b> says
          what is to be done, a <b>URL</b> to what, <b>headers</b> say more about the call, and a{' '}
          <b>body</b> carries data. It answers with a status (2xx is good, 4xx says that the call
          was wrong, 5xx that the service failed), headers and mostly a body.
        </p>
        <p>
          A connector is such a call, written once with gaps in it. When an event happens in your
          product, the gaps are filled from the event’s data and the call is made:
        </p>
        <pre>{`POST https://api.example.com/customers/{{customer.id}}/invoices
Content-Type: application/json

{"number": {{InvoiceNumber}}, "total": {{total}}}`}</pre>
        <p>
          The service’s own documentation says which of these it wants. Often it shows a cURL
          command:{' '}
          <Link to="/connectors" search={{ edit: 'new' }}>
            New Connector
          </Link>{' '}
          can be made from one, or from an OpenAPI or Postman file.
        </p>
      </>
    ),
  },
  {
    id: 'method',
    title: 'Method',
    content: (
      <dl className={css.list}>
        <Term name={<Method method="GET" />}>
          reads. It has no body; what it needs is in the URL.
        </Term>
        <Term name={<Method method="POST" />}>
          makes something new, or tells that something happened.
        </Term>
        <Term name={<Method method="PUT" />}>puts something in the place of what is there.</Term>
        <Term name={<Method method="PATCH" />}>changes a part of what is there.</Term>
        <Term name={<Method method="DELETE" />}>takes something away.</Term>
      </dl>
    ),
  },
  {
    id: 'url',
    title: 'URL',
    content: (
      <p>
        Where the call goes, with <code>https://</code>. It may have tokens in its path and its
        query: <code>{'https://api.example.com/items/{{InvoiceNumber}}?lang=en'}</code>. What a
        token brings is written so that it can’t become another path or parameter. Addresses inside
        of the hub’s own network are refused, unless the operator has allowed them.
      </p>
    ),
  },
  {
    id: 'headers',
    title: 'Headers',
    content: (
      <p>
        Names and values that go before the body: <code>X-Source</code> with <code>my product</code>
        , one in each row. <code>Content-Type</code> and <code>Content-Length</code> are the hub’s
        own; keys and passwords belong into an authorization, where they are encrypted and never
        shown.
      </p>
    ),
  },
  {
    id: 'body',
    title: 'Body, and its types',
    content: (
      <dl className={css.list}>
        <Term name="JSON">
          rows of names and values, or a template that is JSON with tokens in it. A token outside of
          quotes brings its value as it is: a number, a list, an object.
        </Term>
        <Term name="Form">rows, as a web page’s form sends them.</Term>
        <Term name="Multipart">rows, as a form with files sends them.</Term>
        <Term name="XML">a template that is XML with tokens in it.</Term>
        <Term name="Raw">any text, with the content type that you give.</Term>
        <Term name="The event itself">the event’s data, unchanged, as it arrived.</Term>
      </dl>
    ),
  },
  {
    id: 'tokens',
    title: 'Tokens',
    content: (
      <>
        <p>
          A token is a name in double braces, in a URL, a header, a parameter or a body. Names are
          case-sensitive. Type <kbd>Ctrl</kbd> <kbd>Space</kbd> in an editor to see those that the
          event type has.
        </p>
        <dl className={css.list}>
          <Term name={<code>{'{{customer.name}}'}</code>}>a member of a member of the data</Term>
          <Term name={<code>{'{{lines[0].sku}}'}</code>}>an item of a list, from 0</Term>
          <Term name={<code>{'{{note ?? "none"}}'}</code>}>
            with a value for when there is none
          </Term>
          <Term name={<code>{'{{note?}}'}</code>}>may be missing; its row is left out then</Term>
          <Term name={<code>{'{{$event.id}}'}</code>}>the event; also its type and time</Term>
          <Term name={<code>{'{{$now}}, {{$uuid}}'}</code>}>
            the time of the attempt, an id that all attempts share
          </Term>
        </dl>
        <p>
          A name that the data does not have stops the call before it is sent, and the log says
          which one it was.
        </p>
      </>
    ),
  },
  {
    id: 'filters',
    title: 'Filters',
    content: (
      <>
        <p>A filter changes a value on its way, after a bar; several follow one another.</p>
        <dl className={css.list}>
          <Term name={<code>{'{{name | trim | upper}}'}</code>}>
            without blanks at its ends, in capitals
          </Term>
          <Term name={<code>{'{{total | number:"#,##0.00"}}'}</code>}>
            a number as it is to look
          </Term>
          <Term name={<code>{'{{paidAt | date:"us"}}'}</code>}>
            a date in a format, here 03/02/2026
          </Term>
          <Term name={<code>{'{{tags | join:", "}}'}</code>}>a list as one text</Term>
          <Term name={<code>{'{{phone | replace:" ",""}}'}</code>}>with something replaced</Term>
        </dl>
        <p>
          There are more: <code>lower</code>, <code>substring</code>, <code>mask</code>,{' '}
          <code>default</code>, <code>round</code>, <code>toUtc</code>, <code>age</code>,{' '}
          <code>first</code>, <code>last</code>, <code>size</code>, <code>json</code>,{' '}
          <code>xml</code>, <code>urlEncode</code>, <code>base64</code>, <code>hex</code>,{' '}
          <code>sha256</code>, <code>hmacSha256</code>, <code>uuid</code>. <kbd>Ctrl</kbd>{' '}
          <kbd>Space</kbd> after a bar lists them.
        </p>
      </>
    ),
  },
  {
    id: 'authorization',
    title: 'Authorization',
    content: (
      <p>
        How the service knows who calls: user name and password (basic), a token (bearer), a key
        under a name of the service’s own, or a signature over what is sent. It is kept encrypted,
        can be used by many connectors, and only goes to the hosts that it names. See{' '}
        <Link to="/authorizations">Authorizations</Link>.
      </p>
    ),
  },
  {
    id: 'adaptors',
    title: 'Adding, editing and deleting adaptors',
    content: (
      <>
        <p>
          An adaptor maps an event’s data to the names that a service wants: each row takes a value
          and puts it under one or several other names, changed where need be. Connectors that use
          it see what it makes in place of the event’s data.
        </p>
        <ul className={css.points}>
          <li>
            <b>Add:</b> <Link to="/adaptors">Adaptors</Link>, New adaptor. Give it a name and rows,
            and look at “Generated data” with a real record. Then choose it on the connector’s
            Adaptor tab.
          </li>
          <li>
            <b>Edit:</b> open it from the list. A change binds all connectors that use it, from
            their next call on; the page shows what it would change for the last events.
          </li>
          <li>
            <b>Delete:</b> only when no connector uses it. The page lists those that do.
          </li>
        </ul>
      </>
    ),
  },
  {
    id: 'response',
    title: 'What comes back',
    content: (
      <p>
        The response’s type tells the system what type of data the third-party system uses to send a
        response: JSON, XML, text or binary. By it the hub finds the result in the answer, and rules
        can say what an answer means: a service that answers 200 with an error inside is told from
        one that has worked.
      </p>
    ),
  },
  {
    id: 'retries',
    title: 'Retries',
    content: (
      <p>
        A call that fails in passing (no connection, a timeout, 429, most of 5xx) is made again:
        after 5 s, 30 s, 2 min, 10 min, 1 h, 3 h, 6 h and 12 h, unless the connector’s policy says
        otherwise. What the service refuses for good has failed, and can be sent again from{' '}
        <Link to="/deliveries" search={{ state: 'FAILED' }}>
          Deliveries
        </Link>
        . A call may arrive twice when its answer was lost; the header <code>webhook-id</code> is
        the same then.
      </p>
    ),
  },
]

/** More information on REST services: what a connector’s parts are for. */
export default function Help() {
  return (
    <Page
      title="Help on REST services"
      trail={<Link to="/connectors">Connectors</Link>}
      about={
        <>
          What a connector’s parts are for. Everything that the API can do, to be read and tried:{' '}
          <Link to="/docs">API</Link>.
        </>
      }
    >
      <div className={css.split}>
        <nav className={css.index} aria-label="On this page">
          <ul>
            {[...parts, { id: 'egress', title: 'Where calls come from' }].map((part) => (
              <li key={part.id}>
                <Link to="/help" hash={part.id}>
                  {part.title}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={css.text}>
          {parts.map((part) => (
            <section key={part.id} id={part.id} aria-labelledby={`${part.id}-title`}>
              <h2 id={`${part.id}-title`}>{part.title}</h2>
              {part.content}
            </section>
          ))}
          <section id="egress" aria-labelledby="egress-title">
            <h2 id="egress-title">Where calls come from</h2>
            <WhereFrom />
          </section>
        </div>
      </div>
    </Page>
  )
}

/** The addresses for a third party’s allow list, where the operator has said them. */
function WhereFrom() {
  const { tenant } = useSessionState()
  const read = useQuery({
    queryKey: [tenant, '/v1/egress'],
    queryFn: ({ signal }) => get<Egress>('/v1/egress', undefined, signal),
  })
  const addresses = read.data?.addresses ?? []
  return (
    <>
      <p>
        A service that has an allow list (a whitelist) needs to add the addresses that calls come
        from. They are in{' '}
        <Link to="/settings" search={{ part: 'egress' }}>
          Settings, Egress addresses
        </Link>
        {addresses.length > 0 ? ':' : ', when the operator has set them.'}
      </p>
      {addresses.length > 0 && (
        <ul className={css.points}>
          {addresses.map((address) => (
            <li key={address}>
              <code>{address}</code>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function Term({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
