import {
  ClaimRefusedError,
  ConfigurationError,
  CoordinatorStateError,
  FencedError,
  IdempotencyConflictError,
  InboxFullError,
  UnknownCoordinatorError,
  WorkFullError,
} from './errors'

/** The first element of what a script answers. The values behind it are named here as well. */
export const ScriptCode = {
  OK: 'OK',
  /** Current epoch, count of refusals. */
  FENCED: 'FENCED',
  /** There is no record of the writer: it registers again. */
  LOST: 'LOST',
  UNKNOWN: 'UNKNOWN',
  /** Liveness. */
  ALIVE: 'ALIVE',
  /** Liveness, and what it still holds. */
  HOLDS: 'HOLDS',
  CLAIM: 'CLAIM',
  /** Who is full, and the limit. */
  INBOX_FULL: 'INBOX_FULL',
  /** The limit. */
  WORK_FULL: 'WORK_FULL',
  /** The signal id that the idempotency key stands for. */
  CONFLICT: 'CONFLICT',
  /** The version that was found. */
  SCHEMA: 'SCHEMA',
} as const
export type ScriptCode = (typeof ScriptCode)[keyof typeof ScriptCode]

/** What an error has to know that the script's answer does not say. */
export interface CallFacts {
  readonly operation: string
  readonly coordinatorId: string
  readonly epoch?: number
  readonly idempotencyKey?: string
}

/** The error that an answer stands for, or undefined for `OK` and for answers that are no errors. */
export function errorOfAnswer(answer: readonly string[], facts: CallFacts): Error | undefined {
  const [code, first = '', second = ''] = answer
  switch (code) {
    case ScriptCode.FENCED:
      return new FencedError(facts.coordinatorId, facts.operation, facts.epoch ?? 0, Number(first))
    case ScriptCode.UNKNOWN:
    case ScriptCode.LOST:
      return new UnknownCoordinatorError(facts.coordinatorId)
    case ScriptCode.ALIVE:
      return new CoordinatorStateError(facts.coordinatorId, first, 'it has not ended')
    case ScriptCode.HOLDS:
      return new CoordinatorStateError(facts.coordinatorId, first, `it still holds ${second}`)
    case ScriptCode.CLAIM:
      return new ClaimRefusedError(facts.coordinatorId)
    case ScriptCode.INBOX_FULL:
      return new InboxFullError(first, Number(second))
    case ScriptCode.WORK_FULL:
      return new WorkFullError(facts.coordinatorId, Number(first))
    case ScriptCode.CONFLICT:
      return new IdempotencyConflictError(facts.coordinatorId, facts.idempotencyKey ?? '', first)
    case ScriptCode.SCHEMA:
      return new ConfigurationError(
        'namespace',
        `it has schema version ${first}, which this version of signalbox cannot use`,
      )
    default:
      return undefined
  }
}

/** The answer, or throws the error that it stands for. */
export function okOrThrow(answer: string[], facts: CallFacts): string[] {
  const error = errorOfAnswer(answer, facts)
  if (error) throw error
  return answer
}
