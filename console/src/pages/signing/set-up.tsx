import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Failure } from '~/api/failure'
import { setupIsNeeded, setUp } from '~/api/signing'
import { Notice } from '~/ui/page'
import { Card } from './card'

const SHORTEST = 12

export default function SetUp() {
  const { token } = useSearch({ from: '/setup' })
  const navigate = useNavigate()
  const [given, setGiven] = useState({ name: '', email: '', password: '' })
  const [failure, setFailure] = useState<Failure>()
  const [busy, setBusy] = useState(false)
  const first = useQuery({ queryKey: ['setup'], queryFn: setupIsNeeded })

  async function submit(event: FormEvent) {
    event.preventDefault()
    setBusy(true)
    setFailure(undefined)
    try {
      await setUp({
        token: token ?? '',
        password: given.password,
        name: given.name || undefined,
        email: first.data ? given.email : undefined,
      })
      await navigate({ to: '/' })
    } catch (e) {
      setFailure(e instanceof Failure ? e : new Failure(0, 'That did not work. Try again.'))
      setBusy(false)
    }
  }

  function field(name: keyof typeof given) {
    return {
      value: given[name],
      error: failure?.at(`/${name}`),
      required: true,
      withAsterisk: false,
      onChange: (e: { currentTarget: { value: string } }) =>
        setGiven({ ...given, [name]: e.currentTarget.value }),
    }
  }

  if (!token) {
    return (
      <Card
        title="This link is not whole"
        about="Open it again as it was printed, up to its last letter."
      >
        <span />
      </Card>
    )
  }
  return (
    <Card title="Make your account" about="The link works once, and for an hour.">
      <form className="stack" onSubmit={(e) => void submit(e)}>
        {failure && (
          <Notice tone="bad">
            {failure.at('/token')
              ? `This link does not work: ${failure.at('/token')}`
              : failure.message}
          </Notice>
        )}
        <TextInput label="Name" autoComplete="name" autoFocus {...field('name')} />
        {first.data && (
          <TextInput label="Email" type="email" autoComplete="username" {...field('email')} />
        )}
        <PasswordInput
          label="Password"
          description={`At least ${SHORTEST} characters. A few words make a good one.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="new-password"
          minLength={SHORTEST}
          {...field('password')}
        />
        <Button type="submit" loading={busy} fullWidth mt={4}>
          Make the account
        </Button>
      </form>
    </Card>
  )
}
