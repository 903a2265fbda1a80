import { Button, Modal, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { words } from '~/api/failure'
import { signedOut, useSessionState } from '~/api/session'
import { signIn } from '~/api/signing'
import { Notice } from '~/ui/page'

/** Over whatever is on the screen: what was typed below stays, and is saved when this is done. */
export function SignInAgain() {
  const { session } = useSessionState()
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setWrong(undefined)
    try {
      await signIn(session!.user.email, password)
    } catch (e) {
      setWrong(words(e))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      title="Sign in again"
      closeOnEscape={false}
    >
      <form onSubmit={(e) => void submit(e)} className="stack">
        <p className="dim">
          Your session has ended. Nothing on this page is lost; it goes on where you were.
        </p>
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <TextInput label="Email" value={session?.user.email ?? ''} readOnly />
        <PasswordInput
          label="Password"
          data-autofocus
          autoComplete="current-password"
          value={password}
          onChange={(e) => setPassword(e.currentTarget.value)}
        />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="subtle" color="gray" onClick={() => signedOut()}>
            Sign out
          </Button>
          <Button type="submit" loading={busy} disabled={!password}>
            Sign in
          </Button>
        </div>
      </form>
    </Modal>
  )
}
