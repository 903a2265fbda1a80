import { Button, Menu, NativeSelect, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import {
  IconChevronDown,
  IconCopy,
  IconLink,
  IconPlayerPlay,
  IconTerminal,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask, part } from '~/api/client'
import type { Binding, Command, RunLink } from '~/api/contract'
import { useMay } from '~/api/session'
import { useSending } from '~/api/sending'
import { copy } from '~/ui/files'
import { Notice } from '~/ui/page'
import { asCurl } from '~/ui/pretty'
import { exact } from '~/ui/times'
import { done } from '~/ui/toasts'
import { RunAnswer } from './answer'
import css from './commands.module.css'
import { examplesOf, inputsJson } from './draft'
import { InputFields } from './inputs'
import { useRunning } from './running'

/** Runs a command here, and shows what whoever asks would get. */
export function RunTab({ command, binding }: { command: Command; binding: Binding | null }) {
  const may = useMay()
  const client = useQueryClient()
  const [typed, setTyped] = useState(() => examplesOf(command.inputs))
  const [linking, setLinking] = useState(false)
  const { running, run, stop } = useRunning(command.name)
  const inputs = inputsJson(command.inputs, typed)
  const problem =
    running.state === 'ended' && running.answer.kind === 'problem' ? running.answer.problem : null
  const wrong = (name: string) =>
    problem?.errors?.find((e) => e.pointer === `/inputs/${name}`)?.detail
  const busy = running.state === 'asked' || running.state === 'coming'

  async function go() {
    await run(inputs)
    await client.invalidateQueries({ predicate: (q) => q.queryKey[1] === '/v1/runs' })
  }

  useHotkeys([['mod+Enter', () => void go()]], [], true)

  if (!binding) {
    return (
      <Notice
        action={
          <Link to="/commands/$name" params={{ name: command.name }} search={{}}>
            Bind it
          </Link>
        }
      >
        Nobody is asked yet. Bind {command.name} to a web request first.
      </Notice>
    )
  }
  return (
    <div className={css.run}>
      <form
        className="stack"
        aria-label={`Run ${command.name}`}
        onSubmit={(e) => {
          e.preventDefault()
          void go()
        }}
      >
        {!binding.active && <Notice tone="warn">It is not active: the run will be refused.</Notice>}
        <InputFields inputs={command.inputs} typed={typed} onChange={setTyped} error={wrong} />
        <div className="row">
          <Button
            type="submit"
            leftSection={<IconPlayerPlay size={14} />}
            loading={busy}
            disabled={!may.change}
          >
            Run
          </Button>
          <Menu position="bottom-start" width={230}>
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={13} />}>
                Elsewhere
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconTerminal size={15} />}
                onClick={() =>
                  void copy(curlOf(command.name, inputs)).then(() =>
                    done('Copied. Put an API key in the place of YOUR_KEY.'),
                  )
                }
              >
                Copy as cURL
              </Menu.Item>
              <Menu.Item
                leftSection={<IconLink size={15} />}
                disabled={!may.change}
                onClick={() => setLinking(true)}
              >
                Make a link
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </div>
        {linking && <MakeLink command={command} inputs={inputs} />}
        <p className={css.help}>
          A run here is a real one: the third party is asked, and it is in the log.
        </p>
      </form>
      <section className={css.pane} aria-label="Answer">
        <RunAnswer running={running} onStop={stop} />
      </section>
    </div>
  )
}

function curlOf(name: string, inputs: string): string {
  return (
    asCurl({
      method: 'POST',
      url: `${location.origin}/v1/commands/${part(name)}/run`,
      headers: [
        { name: 'Authorization', value: 'Bearer YOUR_KEY' },
        { name: 'Content-Type', value: 'application/json' },
      ],
      body: `{"inputs":${inputs}}`,
    }) + ' \\\n  -OJ'
  )
}

const LIVES = [
  { value: '15m', label: 'a quarter of an hour' },
  { value: '1h', label: 'an hour' },
  { value: '24h', label: 'a day' },
  { value: '168h', label: 'a week' },
  { value: '720h', label: '30 days' },
]

/** A link that runs the command with these inputs, for whoever has it. */
function MakeLink({ command, inputs }: { command: Command; inputs: string }) {
  const [life, setLife] = useState('1h')
  const [link, setLink] = useState<{ url: string; expiresAt: string; inputs: string }>()
  const { busy, failure, send } = useSending()
  const url = link?.inputs === inputs ? link.url : undefined

  async function make() {
    await send(async () => {
      const { data } = await ask<RunLink>('POST', `/v1/commands/${part(command.name)}/links`, {
        raw: `{"inputs":${inputs},"expiresIn":${JSON.stringify(life)}}`,
      })
      const whole = new URL(data.url, location.origin).href
      setLink({ url: whole, expiresAt: data.expiresAt, inputs })
      await copy(whole)
      done('The link is made and copied.')
    })
  }

  return (
    <div className="stack" role="group" aria-label="Link">
      <div className={css.link}>
        <NativeSelect
          label="A link that works for"
          className="grow"
          value={life}
          data={LIVES}
          onChange={(e) => setLife(e.currentTarget.value)}
        />
        <Button variant="default" loading={busy} onClick={() => void make()}>
          Make and copy
        </Button>
      </div>
      {failure && <Notice tone="bad">{failure.message}</Notice>}
      {url && link && (
        <>
          <TextInput
            label="The link"
            description={`Works for whoever has it, as often as they like, until ${exact(link.expiresAt)}.`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            readOnly
            value={url}
            onFocus={(e) => e.currentTarget.select()}
          />
          <div className="row">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconCopy size={13} />}
              onClick={() => void copy(url).then(() => done('Copied.'))}
            >
              Copy
            </Button>
            <Button
              size="xs"
              variant="subtle"
              component="a"
              href={url}
              target="_blank"
              rel="noreferrer"
            >
              Open
            </Button>
          </div>
        </>
      )}
    </div>
  )
}
