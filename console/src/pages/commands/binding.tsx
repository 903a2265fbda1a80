import { Button, Menu, Modal, Switch, TextInput } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { IconChevronDown, IconPlugConnected, IconPlus } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { ask, part } from '~/api/client'
import type { Binding, Command } from '~/api/contract'
import { useMay } from '~/api/session'
import { type Known, systemTokens } from '~/editor/tokens'
import { Notice, Section } from '~/ui/page'
import { SaveBar } from '~/ui/save-bar'
import { done, failed } from '~/ui/toasts'
import { Changed } from './conflict'
import { Chips, type Place, remember } from './chips'
import css from './commands.module.css'
import {
  bareBinding,
  bindingDocument,
  type BindingDraft,
  bindingDraftOf,
  examplesOf,
  MOST_TARGETS,
  moved,
  newTarget,
  sharedTarget,
  type Target,
  tidiedBinding,
} from './draft'
import { type Edit, useEdit, type Version } from './editing'
import { DryRunPane, missingAt, useDryRun } from './preview'
import { TargetForm } from './target'

export function bindingPath(name: string): string {
  return `/v1/commands/${part(name)}/binding`
}

/** What tokens can name in a command’s request: its inputs, and what the hub knows without an event. */
function knownOf(command: Command): Known[] {
  const own = command.inputs.map((input) => ({
    name: input.name,
    detail: input.description ?? input.type ?? 'text',
  }))
  return [
    ...own,
    ...systemTokens.filter((t) => !t.name.startsWith('$event.') && t.name !== '$attempt'),
  ]
}

/** The web request of a command, or several in the order they are asked. */
export function BindingTab({ command, read }: { command: Command; read: Version<Binding> }) {
  const edit = useEdit<Binding, BindingDraft>(
    {
      path: bindingPath(command.name),
      draftOf: bindingDraftOf,
      documentOf: bindingDocument,
      tidied: tidiedBinding,
      bare: bareBinding,
    },
    read,
  )
  const may = useMay()
  const locked = !may.change
  const { draft, set } = edit
  const [typed, setTyped] = useState(() => examplesOf(command.inputs))
  const [round, setRound] = useState(0)
  const run = useDryRun(command, draft, typed)
  const known = knownOf(command)
  const form = useRef<HTMLDivElement>(null)
  const last = useRef<Element>(null)
  const place: Place = { form, last }
  const several = draft.targets.length > 1

  // A field that is still empty is not told to be wrong before somebody has tried to save.
  const as = edit.dirty && run.failure?.status === 400 ? run.failure : null
  const error = (pointer: string) => edit.failure?.at(pointer) ?? as?.at(pointer)

  const setTarget = (index: number, target: Target) =>
    set({ targets: draft.targets.map((t, i) => (i === index ? target : t)) })

  async function save() {
    if (await edit.save()) {
      setRound((n) => n + 1)
      done(read.document ? 'Saved.' : `${command.name} is bound. Run it to see what comes back.`)
    }
  }

  useHotkeys([['mod+S', () => void save()]], [], true)

  return (
    <>
      <Changed edit={edit} noun="binding" onTheirs={() => setRound((n) => n + 1)} />
      {edit.failure && edit.failure.status !== 412 && (
        <Notice tone="bad">{edit.failure.message}</Notice>
      )}
      {(edit.saved?.notes ?? []).map((note) => (
        <Notice key={note}>{note}</Notice>
      ))}
      <div className={locked ? undefined : css.split}>
        <div
          ref={form}
          style={{ minWidth: 0 }}
          onFocus={(e) => remember(place, e.target)}
          onMouseDown={(e) => remember(place, e.target)}
        >
          {!read.document && (
            <p className="dim" style={{ marginBottom: 8 }}>
              When {command.name} is run, a request is sent to a provided URL using these settings,
              and the answer goes back to whoever asked.
            </p>
          )}
          <Chips command={command} place={place} />
          {draft.targets.map((target, i) => (
            <TargetForm
              key={`${target.key}-${round}`}
              command={command}
              target={target}
              index={i}
              count={draft.targets.length}
              known={known}
              locked={locked}
              error={(pointer) => error(`/targets/${i}${pointer}`)}
              wrong={(...pointers) =>
                Boolean(edit.failure?.below(...pointers.map((p) => `/targets/${i}${p}`)))
              }
              missing={(pointer) => missingAt(run, i, pointer)}
              onChange={(t) => setTarget(i, t)}
              onMove={(from, to) => set({ targets: moved(draft.targets, from, to) })}
              onRemove={() => set({ targets: draft.targets.filter((_, at) => at !== i) })}
            />
          ))}
          {!locked && draft.targets.length < MOST_TARGETS && (
            <AddTarget
              several={several}
              onAdd={(target) => set({ targets: [...draft.targets, target] })}
            />
          )}
          {error('/targets') && <Notice tone="bad">{error('/targets')}</Notice>}
          <div style={{ marginTop: 24 }}>
            <Settings {...{ command, edit, error, locked }} />
          </div>
        </div>
        {!locked && <DryRunPane command={command} run={run} typed={typed} onTyped={setTyped} />}
      </div>
      {!locked && (
        <SaveBar
          dirty={edit.dirty}
          busy={edit.busy}
          idle={read.document ? 'All is saved.' : 'Not bound yet.'}
          action={read.document ? 'Save' : `Bind ${command.name}`}
          disabled={!edit.dirty}
          onSave={() => void save()}
          onDiscard={() => {
            edit.discard()
            setRound((n) => n + 1)
          }}
        />
      )}
    </>
  )
}

function AddTarget({ several, onAdd }: { several: boolean; onAdd: (target: Target) => void }) {
  return (
    <div style={{ marginTop: 16 }}>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            rightSection={<IconChevronDown size={13} />}
          >
            {several ? 'Add another target' : 'Ask another when this one finds nothing'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPlus size={15} />} onClick={() => onAdd(newTarget('GET'))}>
            A web request
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPlugConnected size={15} />}
            onClick={() => onAdd(sharedTarget(''))}
          >
            A connector that you have
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

function Settings({
  command,
  edit,
  error,
  locked,
}: {
  command: Command
  edit: Edit<Binding, BindingDraft>
  error: (pointer: string) => string | undefined
  locked: boolean
}) {
  const { draft, set } = edit
  const brings = (command.answer as { type: string }).type
  const [asked, setAsked] = useState(false)
  return (
    <Section title="When it is run" about="What holds for all targets together.">
      <Switch
        label={draft.active ? 'Active' : 'Not active: runs are refused'}
        checked={draft.active}
        disabled={locked}
        onChange={(e) => set({ active: e.currentTarget.checked })}
      />
      <TextInput
        label="Deadline"
        description="For a whole run, from 1s to 2m. Empty: the command’s own."
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        placeholder={command.deadline}
        w={200}
        disabled={locked}
        value={draft.deadline}
        error={error('/deadline')}
        onChange={(e) => set({ deadline: e.currentTarget.value })}
      />
      {brings === 'document' && (
        <Switch
          label="Keep documents in the log"
          description="The first 64 KiB of each, for as long as the log keeps runs. Without it only their type and size are kept."
          checked={draft.keepDocuments}
          disabled={locked}
          onChange={(e) => set({ keepDocuments: e.currentTarget.checked })}
        />
      )}
      {edit.saved && !locked && (
        <div>
          <Button variant="default" onClick={() => setAsked(true)}>
            Unbind …
          </Button>
        </div>
      )}
      <Unbind command={command} edit={edit} opened={asked} onClose={() => setAsked(false)} />
    </Section>
  )
}

function Unbind({
  command,
  edit,
  opened,
  onClose,
}: {
  command: Command
  edit: Edit<Binding, BindingDraft>
  opened: boolean
  onClose: () => void
}) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  async function unbind() {
    setBusy(true)
    try {
      await ask('DELETE', bindingPath(command.name), { ifMatch: edit.etag })
      edit.discard()
      done(`${command.name} is not bound any more.`)
      onClose()
      await client.invalidateQueries()
    } catch (e) {
      failed(e)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal opened={opened} onClose={onClose} title={`Unbind ${command.name}?`}>
      <p>
        Its runs and links are refused from then on. The requests and their secrets are forgotten;
        the log of runs stays.
      </p>
      <div className="row" style={{ justifyContent: 'flex-end', marginTop: 16 }}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button data-danger loading={busy} onClick={() => void unbind()}>
          Unbind
        </Button>
      </div>
    </Modal>
  )
}
