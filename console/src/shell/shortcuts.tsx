import { Modal } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import css from './shortcuts.module.css'
import { menu } from './shell'

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
      [['Ctrl', 'Enter'], 'Test'],
      [['Ctrl', 'Space'], 'Which tokens there are'],
      [['Esc'], 'Close'],
    ],
  ],
  ['Everywhere', [[['?'], 'This sheet']]],
]

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

/** Listens to the keys that work everywhere. */
export function useShortcuts(onHelp: () => void): void {
  const navigate = useNavigate()
  const waitsForSecond = useRef(0)
  useEffect(() => {
    function pressed(event: KeyboardEvent): void {
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
          focus(event, '[data-search] input, input[data-search]')
          break
        case 'j':
          if (!(event.target as Element).closest('tbody')) focus(event, 'tbody tr[tabindex="0"]')
          break
        case 'n':
          document.querySelector<HTMLElement>('[data-new]')?.click()
          break
      }
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [navigate, onHelp])
}

function focus(event: KeyboardEvent, selector: string): void {
  const found = document.querySelector<HTMLElement>(selector)
  if (found) {
    event.preventDefault()
    found.focus()
  }
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
