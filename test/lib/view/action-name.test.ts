import { expect, test } from 'vitest'
import { actionName } from '@/lib/view/action-name'

test('an action is said in words, and what is one word keeps its hyphen', () => {
  expect(actionName('set-breaker-state')).toBe('set breaker state')
  expect(actionName('make-sign-in-link')).toBe('make sign-in link')
  expect(actionName('sign-in')).toBe('sign in')
})
