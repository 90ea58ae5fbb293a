import { ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel'
import OpossumBreaker from 'opossum'
import { CircuitBreaker } from '@/lib/cfn-loop/circuit-breaker'
import type { Part } from '../../serve-parts'
import { HandwrittenBreaker } from '../peers/handwritten-breaker'

type Call = () => Promise<number>

async function work(): Promise<number> {
  return 1
}

const calls: Readonly<Record<string, () => Call>> = {
  'bare await': () => work,
  'written by hand': () => {
    const breaker = new HandwrittenBreaker(3, 30_000)
    return () => breaker.execute(work)
  },
  cockatiel: () => {
    const policy = circuitBreaker(handleAll, {
      halfOpenAfter: 30_000,
      breaker: new ConsecutiveBreaker(3),
    })
    return () => policy.execute(work)
  },
  opossum: () => {
    const breaker = new OpossumBreaker(work, { timeout: false, resetTimeout: 30_000 })
    return () => breaker.fire()
  },
  'opossum with its timeout': () => {
    const breaker = new OpossumBreaker(work, { resetTimeout: 30_000 })
    return () => breaker.fire()
  },
  signalbox: () => {
    const breaker = new CircuitBreaker({ name: 'bench', threshold: 3, cooldownMs: 30_000 })
    return () => breaker.execute(work)
  },
}

export const breakerNames: readonly string[] = Object.keys(calls)

/** A process with one kind of breaker: what the compiler learns from one kind must not reach another. */
export function breakerPart(): Part {
  let call: Call = work
  return {
    prepare: (name: string) => {
      const make = calls[name]
      if (!make) throw new Error(`no breaker is called '${name}'`)
      call = make()
    },
    /** Answers ns of processor time per call: what else the machine does doesn't count. */
    load: async ({ count }: { count: number }) => {
      const before = process.cpuUsage()
      for (let left = count; left > 0; left--) await call()
      const { user, system } = process.cpuUsage(before)
      return ((user + system) * 1000) / count
    },
    close: () => process.exit(0),
  }
}
