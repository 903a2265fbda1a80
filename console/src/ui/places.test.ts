import { expect, it } from 'vitest'
import { placeName } from './places'

it('calls places of a connector and of a binding as the screen does', () => {
  expect(placeName('/headers/1/value')).toBe('Header 2, value')
  expect(placeName('/body/fields/0/name')).toBe('Data 1, Name')
  expect(placeName('/policy/timeout')).toBe('Policy, longest call')
  expect(placeName('/targets/0/url')).toBe('Target 1, URL')
  expect(placeName('')).toBe('Connector')
})
