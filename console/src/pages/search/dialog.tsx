import { ActionIcon, Kbd, Modal, Switch } from '@mantine/core'
import { useDebouncedValue, useMediaQuery } from '@mantine/hooks'
import {
  IconArrowRight,
  IconDatabaseSearch,
  IconListSearch,
  IconSearch,
  IconX,
} from '@tabler/icons-react'
import { Link, linkOptions, type LinkProps } from '@tanstack/react-router'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from 'react'
import { useMay } from '~/api/session'
import { Choice } from '~/ui/filters'
import { Trouble } from '~/ui/page'
import { RANGES, rangeStart } from '~/ui/times'
import { LONGEST, SHORTEST_IN_DATA, useFound } from './asking'
import css from './dialog.module.css'
import { Hit, HitSkeletons } from './hit'
import { byKind, kinds, pageOf } from './kinds'
import { FINDABLE, foundWords, LookedThrough } from './looked'
import { usePlaces } from './places'

/** What can be chosen: somewhere to go, or something else to do. */
interface Option {
  key: string
  go: LinkProps | (() => void)
  content: ReactNode
}

interface Group {
  title: string
  options: Option[]
}

/** One search over everything, from anywhere: typed into, walked with arrows, opened with Enter. */
export default function SearchDialog({ onClose }: { onClose: () => void }) {
  const phone = useMediaQuery('(max-width: 640px)')
  const may = useMay()
  const base = useId()
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed, 150)
  const [inData, setInData] = useState(false)
  const [range, setRange] = useState('')
  const [at, setAt] = useState(0)
  const from = rangeStart(range)
  const found = useFound({ q, inData, from })
  const places = usePlaces(typed)
  const text = typed.trim()
  const looking = text !== '' && (q !== typed || found.isPending) && !found.isError
  const hits = looking ? undefined : found.data?.data
  const groups: Group[] = text === '' ? [places] : [places, ...hitGroups(), more()].filter(some)
  const options = groups.flatMap((group) => group.options)
  const active = options[Math.min(at, options.length - 1)]

  // Who goes on without opening anything goes on where they were.
  useEffect(() => {
    const before = document.activeElement
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  function hitGroups(): Group[] {
    return byKind(hits ?? []).map((group) => ({
      title: kinds[group.kind].title,
      options: group.hits.map((hit) => ({
        key: hit.id,
        go: pageOf(hit, q),
        content: <Hit hit={hit} q={q} />,
      })),
    }))
  }

  function more(): Group {
    const search = { q: text, in: inData ? 'data' : undefined, from: inData ? from : undefined }
    const page: Option = {
      key: 'page',
      go: linkOptions({ to: '/search', search }),
      content: <Line icon={<IconListSearch size={16} aria-hidden />} words="Show as a page" />,
    }
    const data: Option = {
      key: 'data',
      go: () => setInData(true),
      content: (
        <Line
          icon={<IconDatabaseSearch size={16} aria-hidden />}
          words={`Look for “${text}” in events’ data too`}
        />
      ),
    }
    const offered = may.payloads && !inData && text.length >= SHORTEST_IN_DATA
    return { title: 'More', options: offered ? [data, page] : [page] }
  }

  function move(to: number): void {
    const next = (to + options.length) % options.length
    setAt(next)
    document.getElementById(idOf(options[next]))?.scrollIntoView({ block: 'nearest' })
  }

  function pressed(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return
    const now = active ? options.indexOf(active) : 0
    switch (event.key) {
      case 'ArrowDown':
        move(now + 1)
        break
      case 'ArrowUp':
        move(now - 1)
        break
      // A dialog below this one is not closed too.
      case 'Escape':
        onClose()
        break
      case 'Enter':
        document.getElementById(idOf(active))?.click()
        break
      default:
        return
    }
    event.preventDefault()
  }

  function idOf(option: Option | undefined): string {
    return option ? `${base}${option.key}` : ''
  }

  return (
    <Modal.Root
      opened
      onClose={onClose}
      size={640}
      yOffset="10vh"
      fullScreen={phone}
      transitionProps={{ duration: 80 }}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label="Search" radius={phone ? 0 : 10}>
        <div className={css.content}>
          <div className={css.head}>
            <IconSearch size={18} aria-hidden className={css.glass} />
            <input
              className={css.input}
              type="text"
              role="combobox"
              aria-label="Search"
              aria-expanded
              aria-controls={`${base}list`}
              aria-activedescendant={active && idOf(active)}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              maxLength={LONGEST}
              placeholder="Id, name, key, or a page"
              data-autofocus
              data-mantine-stop-propagation
              value={typed}
              onChange={(e) => {
                setTyped(e.currentTarget.value)
                setAt(0)
              }}
              onKeyDown={pressed}
            />
            <ActionIcon aria-label="Close" onClick={onClose}>
              <IconX size={18} />
            </ActionIcon>
          </div>
          <div className={css.scope}>
            {may.payloads ? (
              <>
                <Switch
                  size="xs"
                  label="In events’ data too"
                  checked={inData}
                  onChange={(e) => setInData(e.currentTarget.checked)}
                />
                {inData && (
                  <Choice label="Time" value={range} onChange={setRange} options={RANGES} />
                )}
              </>
            ) : (
              <span>Events’ data is not looked through for you: it is hidden from you here.</span>
            )}
          </div>
          <div className={css.results}>
            {found.isError && text !== '' && (
              <Trouble error={found.error} again={() => void found.refetch()} />
            )}
            <div role="listbox" id={`${base}list`} aria-label="Results" aria-busy={looking}>
              {groups.map((group) => (
                <div role="group" key={group.title} aria-label={group.title} className={css.group}>
                  <div className={css.title} aria-hidden>
                    {group.title}
                  </div>
                  {group.options.map((option) => (
                    <OneOption
                      key={option.key}
                      id={idOf(option)}
                      option={option}
                      active={option === active}
                      onPoint={() => setAt(options.indexOf(option))}
                      onClose={onClose}
                    />
                  ))}
                </div>
              ))}
            </div>
            {looking && <HitSkeletons />}
            {hits?.length === 0 && (
              <div className={css.nothing}>
                <strong>Nothing found for “{text}”</strong>
                <p>{FINDABLE}</p>
              </div>
            )}
            {!looking && found.data?.lookedThrough && text !== '' && (
              <p className={css.looked}>
                <LookedThrough looked={found.data.lookedThrough} />
              </p>
            )}
            {inData && text !== '' && text.length < SHORTEST_IN_DATA && (
              <p className={css.looked}>
                Data is looked through for {SHORTEST_IN_DATA} characters or more.
              </p>
            )}
          </div>
          <p className="only-reader" role="status">
            {looking ? 'Looking…' : hits && text !== '' ? foundWords(hits.length) : ''}
          </p>
          <div className={css.keys} aria-hidden>
            <Kbd>↑</Kbd>
            <Kbd>↓</Kbd> move <Kbd>Enter</Kbd> open <Kbd>Esc</Kbd> close
          </div>
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}

function some(group: Group): boolean {
  return group.options.length > 0
}

function Line({ icon, words }: { icon: ReactNode; words: string }) {
  return (
    <>
      <span className={css.icon}>{icon}</span>
      <span className="grow cut">{words}</span>
      <IconArrowRight size={14} aria-hidden className={css.icon} />
    </>
  )
}

function OneOption({
  id,
  option,
  active,
  onPoint,
  onClose,
}: {
  id: string
  option: Option
  active: boolean
  onPoint: () => void
  onClose: () => void
}) {
  const { go, content } = option
  const same = {
    id,
    role: 'option',
    'aria-selected': active,
    className: css.option,
    onMouseMove: () => active || onPoint(),
    // The box keeps the focus.
    onMouseDown: (e: { preventDefault: () => void }) => e.preventDefault(),
  } as const
  return typeof go === 'function' ? (
    <div {...same} onClick={go}>
      {content}
    </div>
  ) : (
    <Link {...go} {...same} tabIndex={-1} preload={false} onClick={onClose}>
      {content}
    </Link>
  )
}
