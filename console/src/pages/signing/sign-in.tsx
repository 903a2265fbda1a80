import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { words } from '~/api/failure'
import { setupIsNeeded, signIn } from '~/api/signing'
import { Notice } from '~/ui/page'
import { Card } from './card'

export default function SignIn() {
  const { to } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const router = useRouter()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState<string>()
  const [busy, setBusy] = useState(false)
  const setup = useQuery({ queryKey: ['setup'], queryFn: setupIsNeeded })

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setWrong(undefined)
    try {
      await signIn(email, password)
      if (to?.startsWith('/') && !to.startsWith('//')) router.history.push(to)
      else await navigate({ to: '/' })
    } catch (e) {
      setWrong(words(e))
      setBusy(false)
    }
  }

  return (
    <Card title="Sign in">
      <form className="stack" onSubmit={(e) => void submit(e)}>
        {setup.data && (
          <Notice tone="warn">
            Nobody has an account here yet. Open the one-time link that <code>bin/fairlead</code>{' '}
            printed when it started.
          </Notice>
        )}
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        <TextInput
          label="Email"
          type="email"
          autoComplete="username"
          required
          autoFocus
          withAsterisk={false}
          value={email}
          onChange={(e) => setEmail(e.currentTarget.value)}
        />
        <PasswordInput
          label="Password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(e) => setPassword(e.currentTarget.value)}
        />
        <Button type="submit" loading={busy} fullWidth mt={4}>
          Sign in
        </Button>
      </form>
    </Card>
  )
}
