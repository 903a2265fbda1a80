import { expect, it } from 'vitest'
import { placeName } from './places'

it('calls places of a connector as the screen does', () => {
  expect(placeName('/headers/1/value')).toBe('Header 2, value')
  expect(placeName('/body/fields/0/name')).toBe('Data 1, Name')
  expect(placeName('/policy/timeout')).toBe('Policy, longest call')
  expect(placeName('')).toBe('Connector')
})
