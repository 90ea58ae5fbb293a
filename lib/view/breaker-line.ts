import type { BreakerState, BreakerView } from '../protocol/breaker'

/** How bad a state is, for drawing it as a height: closed lies low, open stands high. */
const LEVELS: Record<BreakerState, number> = { closed: 0, 'half-open': 0.5, open: 1 }

export interface LinePoint {
  /** ms by the server's clock. */
  readonly at: number
  readonly level: number
  readonly state: BreakerState
}

/**
 * The states of a breaker over the last `windowMs`, as the corners of a step line that ends now.
 * What it was before the first transition that is known follows from that one.
 */
export function breakerLine(breaker: BreakerView, now: number, windowMs: number): LinePoint[] {
  const from = now - windowMs
  const changes = [...breaker.transitions]
  if (changes.at(-1)?.state !== breaker.state)
    changes.push({ state: breaker.state, at: breaker.since })
  let state = before(changes[0]?.state ?? 'closed')
  const points: LinePoint[] = []
  for (const change of changes) {
    if (change.at <= from) {
      state = change.state
      continue
    }
    if (change.at > now) break
    if (points.length === 0) points.push(corner(from, state))
    points.push(corner(change.at, state), corner(change.at, change.state))
    state = change.state
  }
  if (points.length === 0) points.push(corner(from, state))
  points.push(corner(now, state))
  return points
}

/** What a breaker must have been to become this: it closes from half-open, and opens from closed. */
function before(state: BreakerState): BreakerState {
  return state === 'closed' ? 'closed' : state === 'open' ? 'closed' : 'open'
}

function corner(at: number, state: BreakerState): LinePoint {
  return { at, level: LEVELS[state], state }
}

/** How much of its cooldown an open breaker has left, 1 at its opening and 0 when a probe is due. */
export function cooldownLeft(breaker: BreakerView, now: number): number {
  const { state, since, retryAt } = breaker
  if (state !== 'open' || retryAt === undefined || retryAt <= since) return 0
  return Math.min(1, Math.max(0, (retryAt - now) / (retryAt - since)))
}

/** What an operator has asked of a breaker, and whether its owner has done it. */
export function wishOf(
  breaker: BreakerView,
): { readonly text: string; readonly pending: boolean } | undefined {
  const { forced, state } = breaker
  if (forced === undefined) return undefined
  const what = forced.state === 'reset' ? 'reset' : `forced ${forced.state}`
  if (forced.obeyedAt === undefined)
    return { text: `${forced.by} asked: ${what}; its owner has not obeyed yet`, pending: true }
  // It has moved on since: what was forced is history.
  if (forced.state !== 'reset' && forced.state !== state) return undefined
  return { text: `${what} by ${forced.by}: ${forced.reason}`, pending: false }
}
