import { Button, Modal } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { copy } from '~/ui/files'
import { done } from '~/ui/toasts'
import css from './settings.module.css'

/** Something that is shown this one time. */
export function Once({
  title,
  about,
  text,
  onClose,
}: {
  title: string
  about: string
  text: string | undefined
  onClose: () => void
}) {
  return (
    <Modal
      opened={text !== undefined}
      onClose={onClose}
      title={title}
      size={560}
      closeOnClickOutside={false}
    >
      <div className="stack">
        <p>{about}</p>
        <div className={css.once}>
          <code>{text}</code>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconCopy size={13} />}
            onClick={() => {
              void copy(text ?? '').then(() => done('Copied.'))
            }}
          >
            Copy
          </Button>
        </div>
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button onClick={onClose}>I have it</Button>
        </div>
      </div>
    </Modal>
  )
}
