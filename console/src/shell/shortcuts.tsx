import { Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { sessionState } from '~/api/session'
import css from './shortcuts.module.css'
import { menu } from './menu'

const groups = (): [string, [string[], string][]][] => [
  ['Go to', menu.map((item) => [['g', item.key], item.name])],
  [
    'Lists',
    [
      [['j'], 'Next row'],
      [['k'], 'Row before'],
      [['Enter'], 'Open the row'],
      [['x'], 'Choose the row'],
      [['/'], 'Search'],
      [['n'], 'New'],
    ],
  ],
  [
    'Editors',
    [
      [['Ctrl', 'S'], 'Save'],
      [['Ctrl', 'Enter'], 'Send the test, run the command'],
      [['Ctrl', 'Space'], 'Which tokens there are'],
      [['Esc'], 'Close'],
    ],
  ],
  [
    'Everywhere',
    [
      [['Ctrl', 'K'], 'Search everything'],
      [['?'], 'This sheet'],
    ],
  ],
]

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

/** Listens to the keys that work everywhere. */
export function useShortcuts(onHelp: () => void, onSearch: () => void): void {
  const navigate = useNavigate()
  const waitsForSecond = useRef(0)
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
      if (isSearch(event)) {
        event.preventDefault()
        event.stopPropagation()
        // Who has to sign in again does that first.
        if (!sessionState().expired) onSearch()
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      if (document.querySelector('[role=dialog]') && event.key !== '?') return
      if (Date.now() - waitsForSecond.current < 1_200) {
        waitsForSecond.current = 0
        const item = menu.find((m) => m.key === event.key)
        if (item) {
          event.preventDefault()
          void navigate({ to: item.to })
          return
        }
      }
      switch (event.key) {
        case 'g':
          waitsForSecond.current = Date.now()
          break
        case '?':
          event.preventDefault()
          onHelp()
          break
        case '/':
          if (!focus(event, '[data-search] input, input[data-search]')) {
            event.preventDefault()
            onSearch()
          }
          break
        case 'j':
          if (!(event.target as Element).closest('tbody')) focus(event, 'tbody tr[tabindex="0"]')
          break
        case 'n':
          document.querySelector<HTMLElement>('[data-new]')?.click()
          break
      }
    }
    // Before an editor takes the key for something of its own.
    addEventListener('keydown', pressed, true)
    return () => removeEventListener('keydown', pressed, true)
  }, [navigate, onHelp, onSearch])
}

function isSearch(event: KeyboardEvent): boolean {
  return (
    (event.ctrlKey || event.metaKey) &&
    !event.shiftKey &&
    !event.altKey &&
    event.key.toLowerCase() === 'k'
  )
}

/** Whether there was something to go to. */
function focus(event: KeyboardEvent, selector: string): boolean {
  const found = document.querySelector<HTMLElement>(selector)
  if (!found) return false
  event.preventDefault()
  found.focus()
  return true
}

export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard shortcuts" size={560}>
      <div className={css.sheet}>
        {groups().map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            {keys.map(([combination, what]) => (
              <div key={what} className={css.line}>
                <span className="grow">{what}</span>
                {combination.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  )
}
