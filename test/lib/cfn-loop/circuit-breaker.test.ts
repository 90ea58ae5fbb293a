import { describe, expect, it } from 'vitest'
import type { CircuitBreakerOptions } from '@/lib/cfn-loop/breaker/breaker-options'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { CircuitOpenError, InvalidInputError, TimeoutError } from '@/lib/redis/errors'
import { FakeClock, settled } from '@/test/fake-clock'

const broken = new Error('no answer')
const fail = () => Promise.reject(broken)
const work = () => Promise.resolve('done')

function make(options: CircuitBreakerOptions = {}) {
  const clock = new FakeClock()
  const breaker = new CircuitBreaker({ clock, ...options })
  const heard: unknown[] = []
  breaker.on('state:changed', (state) => heard.push(state))
  breaker.on('attempt:failed', (event) => heard.push(event))
  breaker.on('success', () => heard.push('success'))
  breaker.on('request:rejected', () => heard.push('rejected'))
  return { breaker, clock, heard }
}

/** Runs `execute` to its end, moving the clock as far as it needs. */
async function run<T>(breaker: CircuitBreaker, clock: FakeClock, fn: () => Promise<T>) {
  let result: { value: T } | { error: unknown } | undefined
  void breaker.execute(fn).then(
    (value) => {
      result = { value }
    },
    (error: unknown) => {
      result = { error }
    },
  )
  for (let turn = 0; result === undefined && turn < 100; turn++) await clock.advance(1000)
  return result
}

async function open(breaker: CircuitBreaker, clock: FakeClock) {
  await run(breaker, clock, fail)
  expect(breaker.getState().state).toBe('open')
}

describe('a call through a closed breaker', () => {
  it('answers what the function answers', async () => {
    const { breaker, heard, clock } = make()
    await expect(breaker.execute(work)).resolves.toBe('done')
    expect(heard).toEqual(['success'])
    expect(clock.pendingTimers).toBe(0)
  })

  it('takes functions that are not async, and those that throw at once', async () => {
    const { breaker } = make({ maxAttempts: 1 })
    await expect(breaker.execute(() => 7)).resolves.toBe(7)
    await expect(
      breaker.execute(() => {
        throw broken
      }),
    ).rejects.toBe(broken)
    expect(breaker.getState().failureCount).toBe(1)
  })

  it('tries again after each delay, and tells each failed attempt', async () => {
    const { breaker, clock, heard } = make({ delays: [1000, 2000, 4000, 8000], threshold: 9 })
    const at: number[] = []
    const start = clock.monotonic()
    const result = await run(breaker, clock, () => {
      at.push(clock.monotonic() - start)
      return at.length < 4 ? fail() : work()
    })
    expect(result).toEqual({ value: 'done' })
    expect(at).toEqual([0, 1000, 3000, 7000])
    expect(heard).toEqual([
      { attempt: 1, maxAttempts: 4, nextDelay: 1000 },
      { attempt: 2, maxAttempts: 4, nextDelay: 2000 },
      { attempt: 3, maxAttempts: 4, nextDelay: 4000 },
      'success',
    ])
    expect(breaker.getState().failureCount).toBe(0)
  })

  it('opens at the threshold, in the order attempt, state, error, and tries no more', async () => {
    const { breaker, clock, heard } = make()
    let calls = 0
    const result = await run(breaker, clock, () => {
      calls++
      return fail()
    })
    expect(result).toEqual({ error: broken })
    expect(calls).toBe(3)
    expect(heard).toEqual([
      { attempt: 1, maxAttempts: 4, nextDelay: 1000 },
      { attempt: 2, maxAttempts: 4, nextDelay: 2000 },
      { attempt: 3, maxAttempts: 4, nextDelay: 4000 },
      'open',
    ])
  })

  it('throws after maxAttempts without opening, when the threshold is higher', async () => {
    const { breaker, clock, heard } = make({ delays: [10], maxAttempts: 3, threshold: 4 })
    expect(await run(breaker, clock, fail)).toEqual({ error: broken })
    expect(heard.map((it) => (it as { nextDelay: number }).nextDelay)).toEqual([10, 10, 10])
    expect(breaker.getState()).toMatchObject({ state: 'closed', failureCount: 3 })
    expect(await run(breaker, clock, fail)).toEqual({ error: broken })
    expect(breaker.getState()).toMatchObject({ state: 'open', failureCount: 4 })
  })

  it('counts only failures in a row', async () => {
    const { breaker } = make({ maxAttempts: 1, threshold: 2 })
    for (let turn = 0; turn < 5; turn++) {
      await expect(breaker.execute(fail)).rejects.toBe(broken)
      await breaker.execute(work)
    }
    expect(breaker.getState().state).toBe('closed')
  })

  it('does not count errors that are no failures, and does not retry them', async () => {
    const { breaker, heard } = make({ threshold: 2, isFailure: (error) => error !== broken })
    let calls = 0
    for (let turn = 0; turn < 5; turn++) {
      const call = breaker.execute(() => {
        calls++
        return fail()
      })
      await expect(call).rejects.toBe(broken)
    }
    expect(calls).toBe(5)
    expect(heard).toEqual([])
    expect(breaker.getState()).toMatchObject({ state: 'closed', failureCount: 0 })
  })

  it('gives up its retries when others have opened it meanwhile', async () => {
    const { breaker, clock } = make({ threshold: 3 })
    let calls = 0
    const first = breaker.execute(() => {
      calls++
      return fail()
    })
    const outcome = expect(first).rejects.toBe(broken)
    await settled()
    breaker.forceState('open')
    await clock.advance(1000)
    await outcome
    expect(calls).toBe(1)
  })

  it('ends a pause when its signal does', async () => {
    const { breaker, clock } = make()
    const stop = new AbortController()
    const call = breaker.execute(fail, { signal: stop.signal })
    const outcome = expect(call).rejects.toThrow('enough')
    await settled()
    stop.abort(new Error('enough'))
    await outcome
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('a time limit', () => {
  it('makes a failure of an attempt that takes longer, and leaves no timer', async () => {
    const { breaker, clock } = make({ timeoutMs: 500, maxAttempts: 1, threshold: 1 })
    const call = breaker.execute(() => new Promise(() => {}))
    const outcome = expect(call).rejects.toBeInstanceOf(TimeoutError)
    await clock.advance(500)
    await outcome
    expect(breaker.getState().state).toBe('open')
    expect(breaker.getStatistics().timeouts).toBe(1)
    expect(clock.pendingTimers).toBe(0)
  })

  it('leaves no timer behind a call that was in time', async () => {
    const { breaker, clock } = make({ timeoutMs: 500 })
    await expect(breaker.execute(work)).resolves.toBe('done')
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('an open breaker', () => {
  it('refuses at once, says for how long, and why it opened', async () => {
    const { breaker, clock, heard } = make({ name: 'ledger' })
    await open(breaker, clock)
    let called = false
    const error = await breaker
      .execute(() => {
        called = true
      })
      .catch((it: unknown) => it)
    expect(called).toBe(false)
    expect(error).toBeInstanceOf(CircuitOpenError)
    expect(error).toMatchObject({ breaker: 'ledger', state: 'open', cause: broken })
    expect((error as CircuitOpenError).cooldownRemaining).toBe(breaker.getState().cooldownRemaining)
    expect(heard.at(-1)).toBe('rejected')
  })

  it('says what the seed of it shows', async () => {
    const { breaker, clock } = make({ maxAttempts: 1 })
    for (let turn = 0; turn < 3; turn++) await breaker.execute(fail).catch(() => {})
    expect(breaker.getState()).toEqual({
      state: 'open',
      failureCount: 3,
      lastFailureTime: clock.wall(),
      cooldownRemaining: 30_000,
    })
    await clock.advance(10_000)
    expect(breaker.getState().cooldownRemaining).toBe(20_000)
  })

  it('lets a probe through after the rest of the cooldown, also when the timer was early', async () => {
    const { breaker, clock } = make({ maxAttempts: 1, threshold: 1, cooldownMs: 1000.5 })
    await breaker.execute(fail).catch(() => {})
    await clock.advance(300.25)
    const rest = breaker.getState().cooldownRemaining
    expect(rest).toBe(701)
    await clock.advance(rest - 2)
    await expect(breaker.execute(work)).rejects.toBeInstanceOf(CircuitOpenError)
    await clock.advance(1.05)
    expect(breaker.getState()).toMatchObject({ state: 'open', cooldownRemaining: 0 })
    await expect(breaker.execute(work)).resolves.toBe('done')
  })

  it('is not held open, nor opened early, by somebody who sets the clock', async () => {
    const { breaker, clock } = make({ maxAttempts: 1, threshold: 1 })
    await breaker.execute(fail).catch(() => {})
    clock.setWall(9_000_000_000_000)
    await expect(breaker.execute(work)).rejects.toBeInstanceOf(CircuitOpenError)
    clock.setWall(0)
    await clock.advance(30_000)
    await expect(breaker.execute(work)).resolves.toBe('done')
  })
})

describe('a half-open breaker', () => {
  async function halfOpen(options: CircuitBreakerOptions = {}) {
    const made = make(options)
    await open(made.breaker, made.clock)
    await made.clock.advance(made.breaker.getState().cooldownRemaining)
    made.heard.length = 0
    return made
  }

  it('closes on a good probe', async () => {
    const { breaker, heard } = await halfOpen()
    await expect(breaker.execute(work)).resolves.toBe('done')
    expect(heard).toEqual(['half-open', 'success', 'closed'])
    expect(breaker.getState()).toMatchObject({ failureCount: 0, cooldownRemaining: 0 })
  })

  it('opens again on a bad probe, without a retry', async () => {
    const { breaker, heard } = await halfOpen()
    let calls = 0
    const call = breaker.execute(() => {
      calls++
      return fail()
    })
    await expect(call).rejects.toBe(broken)
    expect(calls).toBe(1)
    expect(heard).toEqual(['half-open', { attempt: 1, maxAttempts: 4, nextDelay: 1000 }, 'open'])
    expect(breaker.getState()).toMatchObject({ failureCount: 4, cooldownRemaining: 30_000 })
  })

  it('takes an error that is no failure for an answer', async () => {
    const refusal = new Error('no such thing')
    const { breaker } = await halfOpen({ isFailure: (error) => error !== refusal })
    await expect(breaker.execute(() => Promise.reject(refusal))).rejects.toBe(refusal)
    expect(breaker.getState().state).toBe('closed')
  })

  it('lets no more probes out at once than its limit', async () => {
    const { breaker } = await halfOpen({ halfOpenLimit: 2, successThreshold: 2 })
    const answers: (() => void)[] = []
    const probe = () => breaker.execute(() => new Promise<void>((resolve) => answers.push(resolve)))
    const first = probe()
    const second = probe()
    await expect(probe()).rejects.toMatchObject({ state: 'half-open' })
    expect(answers).toHaveLength(2)
    answers[0]?.()
    await first
    expect(breaker.getState().state).toBe('half-open')
    const third = probe()
    answers[1]?.()
    await second
    expect(breaker.getState().state).toBe('closed')
    answers[2]?.()
    await third
  })

  it('gives the permit of a probe that never came back to the next call', async () => {
    const { breaker, clock } = await halfOpen()
    void breaker.execute(() => new Promise(() => {}))
    await expect(breaker.execute(work)).rejects.toBeInstanceOf(CircuitOpenError)
    await clock.advance(breaker.getState().cooldownRemaining)
    await expect(breaker.execute(work)).resolves.toBe('done')
    expect(breaker.getState().state).toBe('closed')
  })

  it('is neither opened nor closed by stragglers of an earlier state', async () => {
    const { breaker, clock } = make({ maxAttempts: 1, threshold: 1 })
    const stragglers: { good: () => void; bad: () => void }[] = []
    const hang = () =>
      breaker
        .execute(
          () =>
            new Promise<void>((resolve, reject) =>
              stragglers.push({ good: resolve, bad: () => reject(broken) }),
            ),
        )
        .catch(() => {})
    const calls = [hang(), hang()]
    await breaker.execute(fail).catch(() => {})
    stragglers[0]?.good()
    await calls[0]
    expect(breaker.getState().state).toBe('open')
    await clock.advance(29_000)
    stragglers[1]?.bad()
    await calls[1]
    // A late failure does not lengthen the cooldown.
    expect(breaker.getState().cooldownRemaining).toBe(1000)
  })

  it('is not held up by a listener that throws; the error is thrown apart', async () => {
    const { breaker } = await halfOpen()
    breaker.on('state:changed', () => {
      throw new Error('listener')
    })
    const thrown: unknown[] = []
    const ours = process.listeners('uncaughtException')
    process.removeAllListeners('uncaughtException')
    process.on('uncaughtException', (error) => thrown.push(error))
    await expect(breaker.execute(work)).resolves.toBe('done')
    await settled()
    process.removeAllListeners('uncaughtException')
    for (const listener of ours) process.on('uncaughtException', listener)
    expect(thrown.map(String)).toEqual(['Error: listener', 'Error: listener'])
    expect(breaker.getState().state).toBe('closed')
  })

  it('survives a judge that throws', async () => {
    const { breaker, clock } = await halfOpen({
      isFailure: () => {
        throw new Error('judge')
      },
    })
    await expect(breaker.execute(fail)).rejects.toBe(broken)
    await clock.advance(30_000)
    await expect(breaker.execute(work)).resolves.toBe('done')
  })
})

describe('by hand', () => {
  it('can be forced open, half-open and closed, and goes on from there by itself', async () => {
    const { breaker, clock, heard } = make()
    breaker.forceState('open')
    expect(breaker.getState()).toMatchObject({ state: 'open', cooldownRemaining: 30_000 })
    await expect(breaker.execute(work)).rejects.toBeInstanceOf(CircuitOpenError)
    await clock.advance(30_000)
    await expect(breaker.execute(work)).resolves.toBe('done')
    breaker.forceState('half-open')
    await expect(breaker.execute(fail)).rejects.toBe(broken)
    expect(breaker.getState().state).toBe('open')
    breaker.forceState('closed')
    await expect(breaker.execute(work)).resolves.toBe('done')
    expect(heard.filter((it) => typeof it === 'string')).toEqual([
      'open',
      'rejected',
      'half-open',
      'success',
      'closed',
      'half-open',
      'open',
      'closed',
      'success',
    ])
  })

  it('forced open again, it begins its cooldown anew', async () => {
    const { breaker, clock } = make()
    breaker.forceState('open')
    await clock.advance(20_000)
    breaker.forceState('open')
    expect(breaker.getState().cooldownRemaining).toBe(30_000)
  })

  it('reset forgets failures', async () => {
    const { breaker, clock } = make()
    await open(breaker, clock)
    breaker.reset()
    expect(breaker.getState()).toEqual({
      state: 'closed',
      failureCount: 0,
      lastFailureTime: null,
      cooldownRemaining: 0,
    })
  })

  it('counts calls and remembers its last transitions with their age', async () => {
    const { breaker, clock } = make({ maxAttempts: 1, threshold: 1, cooldownMs: 100 })
    for (let turn = 0; turn < 15; turn++) {
      await breaker.execute(fail).catch(() => {})
      await breaker.execute(work).catch(() => {})
      await clock.advance(100)
      await breaker.execute(work)
    }
    const statistics = breaker.getStatistics()
    expect(statistics).toMatchObject({ calls: 30, succeeded: 15, failed: 15, rejected: 15 })
    expect(statistics.transitionCount).toBe(46)
    expect(statistics.transitions).toHaveLength(20)
    expect(statistics.transitions.slice(-3)).toEqual([
      { state: 'open', at: clock.wall() - 100, ageMs: 100 },
      { state: 'half-open', at: clock.wall(), ageMs: 0 },
      { state: 'closed', at: clock.wall(), ageMs: 0 },
    ])
  })

  it.each([
    ['delays[1]', { delays: [1, Number.NaN] }],
    ['delays[0]', { delays: [-1] }],
    ['maxAttempts', { maxAttempts: 0 }],
    ['threshold', { threshold: 1.5 }],
    ['cooldownMs', { cooldownMs: Number.POSITIVE_INFINITY }],
    ['successThreshold', { successThreshold: 0 }],
    ['halfOpenLimit', { halfOpenLimit: -1 }],
    ['timeoutMs', { timeoutMs: 0 }],
    ['name', { name: 'a b' }],
  ])('refuses a bad %s', (field, options) => {
    expect(() => new CircuitBreaker(options)).toThrow(InvalidInputError)
    expect(() => new CircuitBreaker(options)).toThrow(field)
  })
})
