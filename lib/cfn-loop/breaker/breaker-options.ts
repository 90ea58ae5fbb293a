import { ID_RULE, idPattern } from '../../protocol/ids'
import { InvalidInputError } from '../../redis/errors'
import { type BreakerClock, systemClock } from './breaker-clock'

export interface CircuitBreakerOptions {
  /** What it guards, as the board shows it. Default `default`. */
  name?: string
  /** Pauses between the attempts of one call, ms. Default 1, 2, 4 and 8 seconds. */
  delays?: readonly number[]
  /** Attempts of one call. Default `delays.length`, and at least 1. */
  maxAttempts?: number
  /** Consecutive failures that open it. Default 3. */
  threshold?: number
  /** How long it stays open before it lets a probe through, ms. Default 30,000. */
  cooldownMs?: number
  /** Successful probes in a row that close it. Default 1. */
  successThreshold?: number
  /** Probes that may be out at once. Default 1. */
  halfOpenLimit?: number
  /** An attempt that takes longer counts as failed, ms. Default: none. What it still does is ignored. */
  timeoutMs?: number
  /** Whether an error means that the dependency is not well. Others are thrown at once and don't count. Default: all do. */
  isFailure?: (error: unknown) => boolean
  /** For tests: its time, and its sleep. */
  clock?: BreakerClock
}

export type BreakerSettings = Readonly<
  Required<Omit<CircuitBreakerOptions, 'timeoutMs'>> & { timeoutMs: number | undefined }
>

/** @throws InvalidInputError naming the option and its rule */
export function breakerSettings(options: CircuitBreakerOptions): BreakerSettings {
  const delays = options.delays ?? [1000, 2000, 4000, 8000]
  const settings: BreakerSettings = {
    name: options.name ?? 'default',
    delays: [...delays],
    maxAttempts: options.maxAttempts ?? Math.max(1, delays.length),
    threshold: options.threshold ?? 3,
    cooldownMs: options.cooldownMs ?? 30_000,
    successThreshold: options.successThreshold ?? 1,
    halfOpenLimit: options.halfOpenLimit ?? 1,
    timeoutMs: options.timeoutMs,
    isFailure: options.isFailure ?? everyError,
    clock: options.clock ?? systemClock,
  }
  if (!idPattern.test(settings.name)) throw new InvalidInputError('name', `must be ${ID_RULE}`)
  for (const [place, delay] of settings.delays.entries()) duration(`delays[${place}]`, delay, 0)
  count('maxAttempts', settings.maxAttempts)
  count('threshold', settings.threshold)
  duration('cooldownMs', settings.cooldownMs, 0)
  count('successThreshold', settings.successThreshold)
  count('halfOpenLimit', settings.halfOpenLimit)
  if (settings.timeoutMs !== undefined) duration('timeoutMs', settings.timeoutMs, 1)
  return settings
}

const everyError = () => true

function duration(field: string, value: number, least: number): void {
  if (!Number.isFinite(value) || value < least) {
    throw new InvalidInputError(field, `must be a number of milliseconds, at least ${least}`)
  }
}

function count(field: string, value: number): void {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new InvalidInputError(field, 'must be a whole number, at least 1')
  }
}
