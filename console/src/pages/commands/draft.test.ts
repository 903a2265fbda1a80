import { expect, test } from 'vitest'
import { bindingDocument, bindingDraftOf, newTarget, type Target } from './draft'

const own = (name: string): Target => {
  const target = newTarget('GET', 1)
  return target.kind === 'own' ? { ...target, draft: { ...target.draft, name } } : target
}

const names = (...targets: Target[]) =>
  (bindingDocument({ ...bindingDraftOf(null), targets }).targets as { name?: string }[]).map(
    (t) => t.name,
  )

test('a target without a name keeps none where its place is free', () => {
  expect(names(own(''), own(''))).toEqual([undefined, undefined])
})

test('a new target before one that bears the name of its place gets another name', () => {
  expect(names(own(''), own('Target 1'))).toEqual(['Target 2', 'Target 1'])
  expect(names(own('Archive'), own(''))).toEqual(['Archive', undefined])
})
