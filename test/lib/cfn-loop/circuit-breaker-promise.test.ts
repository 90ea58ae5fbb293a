// Promise 10: a breaker lets at most its limit of probes through, and always finds its way back.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import { FakeClock, settled } from '@/test/fake-clock'

type Step =
  | { do: 'call' }
  | { do: 'answer'; which: number; well: boolean }
  | { do: 'wait'; ms: number }
  | { do: 'force'; state: 'open' | 'half-open' | 'closed' }
  | { do: 'reset' }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ do: 'call' as const }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      which: fc.nat(5),
      well: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      ms: fc.integer({ min: 1, max: 150 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('force' as const),
      state: fc.constantFrom('open' as const, 'half-open' as const, 'closed' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'reset' as const }) },
)

const options = fc.record({
  threshold: fc.integer({ min: 1, max: 4 }),
  halfOpenLimit: fc.integer({ min: 1, max: 3 }),
  successThreshold: fc.integer({ min: 1, max: 3 }),
  maxAttempts: fc.integer({ min: 1, max: 3 }),
})

it('whatever happens, probes stay within their limit and it closes once all is well', async () => {
  await fc.assert(
    fc.asyncProperty(options, fc.array(step, { maxLength: 60 }), async (chosen, steps) => {
      const clock = new FakeClock()
      const breaker = new CircuitBreaker({ ...chosen, clock, delays: [20], cooldownMs: 100 })
      /** Calls that are inside `fn`, with the half-open round that let each in, if one did. */
      const inside: { round: number | undefined; settle: (well: boolean) => void }[] = []
      const violations: string[] = []
      let round = 0
      let isHalfOpen = false
      breaker.on('state:changed', (state) => {
        isHalfOpen = state === 'half-open'
        if (isHalfOpen) round++
      })
      const call = () =>
        void breaker
          .execute(
            () =>
              new Promise<void>((resolve, reject) => {
                if (breaker.getState().state === 'open')
                  violations.push('a call through an open one')
                const entry = {
                  round: isHalfOpen ? round : undefined,
                  settle: (well: boolean) => {
                    inside.splice(inside.indexOf(entry), 1)
                    if (well) resolve()
                    else reject(new Error('not well'))
                  },
                }
                inside.push(entry)
                const probes = inside.filter((it) => it.round === round && isHalfOpen)
                if (probes.length > chosen.halfOpenLimit) violations.push('a probe too many')
              }),
          )
          .catch(() => {})

      for (const it of steps) {
        if (it.do === 'call') call()
        else if (it.do === 'answer') inside[it.which % Math.max(1, inside.length)]?.settle(it.well)
        else if (it.do === 'wait') await clock.advance(it.ms)
        else if (it.do === 'force') {
          // Forced into the same state again, a half-open breaker begins a new round.
          if (it.state === 'half-open') round++
          breaker.forceState(it.state)
        } else breaker.reset()
        await settled()
        expect(breaker.getState().failureCount).toBeGreaterThanOrEqual(0)
      }

      expect(violations).toEqual([])
      // All is well from now on; calls that hang are left hanging.
      for (let turn = 0; turn < 20 && breaker.getState().state !== 'closed'; turn++) {
        await clock.advance(breaker.getState().cooldownRemaining)
        await breaker.execute(() => 'well').catch(() => {})
      }
      expect(breaker.getState().state).toBe('closed')
      await expect(breaker.execute(() => 'well')).resolves.toBe('well')
    }),
    { numRuns: 1000 },
  )
})
