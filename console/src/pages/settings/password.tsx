import { Button, PasswordInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { ask } from '~/api/client'
import { useSession } from '~/api/session'
import { useSending } from '~/api/sending'
import { Notice, Section } from '~/ui/page'
import { done } from '~/ui/toasts'

/** The password of the one who is signed in. */
export function Password() {
  const { user } = useSession()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const { busy, failure, send } = useSending()

  async function submit(event: FormEvent) {
    event.preventDefault()
    await send(async () => {
      await ask('PUT', '/v1/session/password', { body: { current, password } })
      setCurrent('')
      setPassword('')
      done('Your password is changed. You are signed out everywhere else.')
    })
  }

  return (
    <form style={{ maxWidth: 720 }} onSubmit={(e) => void submit(e)}>
      <Section title="Password" about={`${user.email}. A change signs you out everywhere else.`}>
        {failure && failure.errors.length === 0 && <Notice tone="bad">{failure.message}</Notice>}
        <input type="text" autoComplete="username" value={user.email} readOnly hidden />
        <PasswordInput
          label="Password now"
          description="To be sure that it is you."
          autoComplete="current-password"
          value={current}
          error={failure?.at('/current')}
          onChange={(e) => setCurrent(e.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          description="At least 12 characters. A few words make a good one."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="new-password"
          value={password}
          error={failure?.at('/password')}
          onChange={(e) => setPassword(e.currentTarget.value)}
        />
        <div>
          <Button type="submit" loading={busy} disabled={!current || !password}>
            Change the password
          </Button>
        </div>
      </Section>
    </form>
  )
}
