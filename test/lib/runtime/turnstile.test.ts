import { expect, test } from 'vitest'
import { Turnstile } from '@/lib/runtime/turnstile'

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** Visits that last until they are let go, in the order in which they came in. */
function open(waitingEach = 2) {
  const turnstile = new Turnstile({ atOnce: 2, waiting: 2, waitingEach })
  const inside: { name: string; leave: () => void }[] = []
  let most = 0
  const visit = (name: string, who = name, gone?: AbortSignal) =>
    turnstile.pass({ who, ...(gone === undefined ? {} : { gone }) }, async () => {
      await new Promise<void>((leave) => {
        inside.push({ name, leave })
        most = Math.max(most, inside.length)
      })
      return name
    })
  const leave = async () => {
    inside.shift()?.leave()
    await turn()
  }
  return {
    turnstile,
    visit,
    leave,
    names: () => inside.map((it) => it.name),
    most: () => most,
  }
}

test('lets a few in at a time, some wait their turn, and the rest are turned away', async () => {
  const { turnstile, visit, leave, names, most } = open()
  const visits = ['a', 'b', 'c', 'd', 'e'].map((it) => visit(it))
  expect(await visits[4]).toBeUndefined()
  expect(names()).toEqual(['a', 'b'])
  while (names().length > 0) await leave()
  expect(await Promise.all(visits)).toEqual(['a', 'b', 'c', 'd', undefined])
  expect(most()).toBe(2)
  // A failure leaves its place, too.
  const failing = () => turnstile.pass({ who: 'f' }, () => Promise.reject(new Error('no')))
  await expect(failing()).rejects.toThrow('no')
  await expect(failing()).rejects.toThrow('no')
  expect(await turnstile.pass({ who: 'f' }, async () => 'in')).toBe('in')
})

test('one alone does not fill the queue', async () => {
  const { visit, leave, names } = open(1)
  const greedy = ['a', 'b', 'c', 'd'].map((it) => visit(it, 'greedy'))
  expect(await greedy[3]).toBeUndefined()
  const other = visit('e', 'other')
  while (names().length > 0) await leave()
  expect(await other).toBe('e')
  expect(await Promise.all(greedy)).toEqual(['a', 'b', 'c', undefined])
})

test('whoever goes while waiting gives the place to another', async () => {
  const { visit, leave, names } = open()
  const browser = new AbortController()
  const before = [visit('a'), visit('b')]
  const gone = visit('c', 'c', browser.signal)
  const [d, full] = [visit('d'), visit('e')]
  expect(await full).toBeUndefined()
  browser.abort()
  expect(await gone).toBeUndefined()
  const late = visit('f')
  while (names().length > 0) await leave()
  expect(await Promise.all([...before, d, late])).toEqual(['a', 'b', 'd', 'f'])
  expect(await visit('g', 'g', browser.signal)).toBeUndefined()
})
