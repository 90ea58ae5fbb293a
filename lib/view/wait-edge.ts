import type { Wait } from '../protocol/coordinator'

/** `from` cannot go on before `to` does something. */
export interface WaitEdge {
  readonly from: string
  readonly to: string
  readonly kind: Wait['kind']
  readonly waitId: string
  readonly since: number
  readonly until: number
  readonly signalId?: string
  readonly consensus?: string
}
