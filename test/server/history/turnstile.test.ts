import { expect, test } from 'vitest'
import { Turnstile } from '@/server/history/turnstile'

test('lets a few in at a time, some wait their turn, and the rest are turned away', async () => {
  const turnstile = new Turnstile(2, 2)
  let inside = 0
  let most = 0
  const leave: (() => void)[] = []
  const visit = (name: string) =>
    turnstile.pass(async () => {
      inside += 1
      most = Math.max(most, inside)
      await new Promise<void>((resolve) => leave.push(resolve))
      inside -= 1
      return name
    })
  const visits = ['a', 'b', 'c', 'd', 'e'].map(visit)
  expect(await visits[4]).toBeUndefined()
  expect(inside).toBe(2)
  while (leave.length > 0) {
    leave.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(await Promise.all(visits)).toEqual(['a', 'b', 'c', 'd', undefined])
  expect(most).toBe(2)
  // A failure leaves its place, too.
  const failing = () => turnstile.pass(() => Promise.reject(new Error('no')))
  await expect(failing()).rejects.toThrow('no')
  await expect(failing()).rejects.toThrow('no')
  expect(await turnstile.pass(async () => 'in')).toBe('in')
})
