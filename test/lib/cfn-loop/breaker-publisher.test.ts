import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { BreakerPublisher } from '@/lib/cfn-loop/breaker/breaker-publisher'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { settled } from '@/test/fake-clock'

const REFRESH_MS = 300_000
const SECOND_MS = 1000

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

function publish(breaker: CircuitBreaker) {
  const told: number[] = []
  const publisher = new BreakerPublisher({
    breaker,
    refreshMs: () => REFRESH_MS,
    send: () => {
      told.push(performance.now())
      return Promise.resolve(['OK', ''])
    },
  })
  /** A beat a second with a call in it, and how many seconds pass until the breaker is told of again. */
  const nextAfter = async () => {
    const [before, from] = [told.length, performance.now()]
    while (told.length === before) {
      vi.advanceTimersByTime(SECOND_MS)
      await breaker.execute(() => 'done')
      publisher.contact()
      await settled()
    }
    return (performance.now() - from) / SECOND_MS
  }
  return { publisher, told, nextAfter }
}

test('figures come soon after a start, and then ever more rarely', async () => {
  const breaker = new CircuitBreaker({ name: 'gateway' })
  const { publisher, nextAfter } = publish(breaker)
  await publisher.publish()
  // Of the manager that registers meanwhile: no figures were due.
  await publisher.publish()
  const [first, second, third, fourth] = [
    await nextAfter(),
    await nextAfter(),
    await nextAfter(),
    await nextAfter(),
  ]
  expect(first).toBeLessThanOrEqual(13)
  expect(second / first).toBeGreaterThan(4)
  expect(third).toBeGreaterThanOrEqual(225)
  expect(third).toBeLessThanOrEqual(376)
  expect(fourth).toBe(third)
})

test('they come soon again after a change, which they are counted from', async () => {
  const breaker = new CircuitBreaker({ name: 'gateway' })
  const { publisher, told, nextAfter } = publish(breaker)
  await publisher.publish()
  for (let figures = 0; figures < 3; figures++) await nextAfter()
  const before = told.length
  breaker.forceState('open')
  breaker.forceState('closed')
  await settled()
  expect(told.length).toBeGreaterThan(before)
  expect(await nextAfter()).toBeLessThanOrEqual(13)
})

test('nothing is told while nobody calls', async () => {
  const breaker = new CircuitBreaker({ name: 'gateway' })
  const { publisher, told } = publish(breaker)
  await publisher.publish()
  vi.advanceTimersByTime(10 * REFRESH_MS)
  publisher.contact()
  await settled()
  expect(told).toHaveLength(1)
})
