import { expect, test } from 'vitest'
import { sectionOf, sectionsFor } from '@/components/settings/sections'

test('each role is offered what the API gives it', () => {
  const idsFor = (role: 'viewer' | 'operator' | 'admin') => sectionsFor(role).map((it) => it.id)
  expect(idsFor('viewer')).toEqual(['account', 'sessions'])
  expect(idsFor('operator')).toEqual(['account', 'sessions', 'audit'])
  expect(idsFor('admin')).toEqual([
    'account',
    'sessions',
    'users',
    'tokens',
    'notifications',
    'audit',
  ])
})

test('an address names a section; nonsense means one’s account', () => {
  expect(sectionOf('audit').id).toBe('audit')
  expect(sectionOf(null).id).toBe('account')
  expect(sectionOf('constructor').id).toBe('account')
})
