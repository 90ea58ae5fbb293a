import { type AnySignalType, SIGNAL_TYPES, type SignalView } from '../protocol/signal'

export const SIGNAL_STATES = ['pending', 'acked', 'expired', 'cancelled', 'refused'] as const
export type SignalState = (typeof SIGNAL_STATES)[number]

/** What the list of signals is narrowed to; each field that is there has to hold. */
export interface SignalFilter {
  /** Part of its name, its sender or one of its targets. */
  readonly text?: string
  readonly state?: SignalState
  readonly type?: AnySignalType
  /** A coordinator that sent it, was to get it, or holds it now. */
  readonly with?: string
}

/** A filter from what stands in an address; what it does not know it leaves out. */
export function signalFilterOf(given: (name: string) => string | null): SignalFilter {
  const state = SIGNAL_STATES.find((it) => it === given('state'))
  const type = SIGNAL_TYPES.find((it) => it === given('type'))
  const text = given('q')?.trim()
  const partner = given('with')
  return {
    ...(text ? { text: text.toLowerCase() } : {}),
    ...(state ? { state } : {}),
    ...(type ? { type } : {}),
    ...(partner ? { with: partner } : {}),
  }
}

export function matchesSignal(filter: SignalFilter, signal: SignalView): boolean {
  const { text, state, type, with: partner } = filter
  if (type !== undefined && signal.type !== type) return false
  if (state !== undefined && !isIn(state, signal)) return false
  if (partner !== undefined && !isPartner(partner, signal)) return false
  if (text === undefined) return true
  return (
    signal.signalId.toLowerCase().includes(text) ||
    signal.source.toLowerCase().includes(text) ||
    signal.targets.some((it) => it.coordinatorId.toLowerCase().includes(text))
  )
}

function isIn(state: SignalState, { targets }: SignalView): boolean {
  switch (state) {
    case 'pending':
      return targets.some((it) => it.state === 'pending')
    case 'acked':
      return targets.every((it) => it.state === 'acked' || it.state === 'completed')
    case 'expired':
    case 'cancelled':
      return targets.some((it) => it.state === state)
    case 'refused':
      return targets.some((it) => it.rejected > 0)
  }
}

function isPartner(id: string, { source, targets }: SignalView): boolean {
  return source === id || targets.some((it) => it.coordinatorId === id || it.heldBy === id)
}
