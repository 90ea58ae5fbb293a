/** Calls pass. Failures in a row are counted. */
export interface Closed {
  readonly state: 'closed'
  failures: number
}

/** Calls are refused until `until`, by the monotonic clock. */
export interface Open {
  readonly state: 'open'
  readonly until: number
  readonly failures: number
}

/** A few calls may try whether the dependency is back. */
export interface HalfOpen {
  readonly state: 'half-open'
  readonly probes: Set<Probe>
  successes: number
  readonly failures: number
}

/** A permit of a half-open breaker. Whoever's probe is no longer in the set has lost its say. */
export interface Probe {
  readonly state: 'probe'
  readonly of: HalfOpen
  /** When it went out, by the monotonic clock. */
  readonly since: number
}

/**
 * Each variant holds only its own data. A call keeps the circuit (or the probe) that let it
 * through: its outcome counts only while that is still the present one, so that a straggler of an
 * earlier state can neither open nor close a later one.
 */
export type Circuit = Closed | Open | HalfOpen

export const closed = (): Closed => ({ state: 'closed', failures: 0 })
export const open = (until: number, failures: number): Open => ({ state: 'open', until, failures })
export const halfOpen = (failures: number): HalfOpen => ({
  state: 'half-open',
  probes: new Set(),
  successes: 0,
  failures,
})

/**
 * A timer of Node's may run up to a millisecond early, so that who sleeps exactly the rest of a
 * cooldown wakes before it is over.
 */
const TIMER_EARLY_MS = 1

/** Ms, whole, until an open circuit lets a probe through; 0 when it does. */
export function untilProbe(circuit: Open, now: number): number {
  const remaining = circuit.until - now
  return remaining < TIMER_EARLY_MS ? 0 : Math.ceil(remaining)
}

/**
 * A probe that never comes back must not hold its permit for ever. After this long without an
 * answer, ms, the permit goes to the next call.
 */
const PROBE_LEASE_MS = 30_000

export function probeLease(cooldownMs: number, timeoutMs: number | undefined): number {
  return Math.max(PROBE_LEASE_MS, cooldownMs, (timeoutMs ?? 0) * 2)
}

/** Ms, whole, until a half-open circuit has a permit to give; 0 when it has. Takes back lost ones. */
export function untilPermit(circuit: HalfOpen, limit: number, lease: number, now: number): number {
  if (circuit.probes.size < limit) return 0
  let wait = Number.POSITIVE_INFINITY
  for (const probe of circuit.probes) {
    const left = probe.since + lease - now
    if (left < TIMER_EARLY_MS) circuit.probes.delete(probe)
    else wait = Math.min(wait, left)
  }
  return circuit.probes.size < limit ? 0 : Math.ceil(wait)
}
