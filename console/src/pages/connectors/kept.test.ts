import { expect, it } from 'vitest'
import { withoutSecrets } from './kept'

it('what is kept in the browser has no secret in it', () => {
  expect(withoutSecrets({ kind: 'basic', username: 'u', password: 's3cret' })).toEqual({
    kind: 'basic',
    username: 'u',
    password: '',
  })
  expect(
    withoutSecrets({ kind: 'custom', parameters: [{ in: 'query', name: 'k', value: 's3cret' }] }),
  ).toEqual({ kind: 'custom', parameters: [{ in: 'query', name: 'k', value: '' }] })
  expect(withoutSecrets({ kind: 'custom', parameters: 'k=s3cret' })).toEqual({
    kind: 'custom',
    parameters: '',
  })
  expect(withoutSecrets({ kind: 'bearer', token: { set: true } })).toEqual({
    kind: 'bearer',
    token: { set: true },
  })
})
