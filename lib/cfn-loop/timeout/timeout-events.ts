/** What `coordinator:timeout` tells: one death, once per handler. */
export interface CoordinatorTimeoutEvent {
  coordinatorId: string
  /** How long it had been silent when its death was claimed, ms. */
  timeoutDuration: number
  /** Redis' time of the claim, ms. */
  timestamp: number
  /** For people: `Coordinator inactive for 150s (threshold: 120s)`. */
  reason: string
  metadata: { lastHeartbeat: number; iteration: number; phase?: string }
  /** True on the one handler that claimed this death. */
  claimed: boolean
}

export interface CoordinatorStaleEvent {
  coordinatorId: string
  timestamp: number
  silentMs: number
  thresholdMs: number
}

export interface CoordinatorRecoveredEvent {
  coordinatorId: string
  timestamp: number
  /** What it had been taken for. */
  from: 'stale' | 'dead'
}

export interface CleanupCompleteEvent {
  coordinatorId: string
  timestamp: number
}

export interface CleanupFailedEvent {
  coordinatorId: string
  timestamp: number
  error: unknown
}

export interface CoordinatorEscalatedEvent {
  deadCoordinatorId: string
  newCoordinatorId: string
  swarmId: string
  timestamp: number
  /** True on the one handler that did it. */
  claimed: boolean
}

export interface EscalationFailedEvent {
  coordinatorId: string
  swarmId: string
  timestamp: number
  /** For people. */
  reason: string
  error: unknown
}

/** The events of a `CoordinatorTimeoutHandler`, each with what its listeners get. */
export interface TimeoutHandlerEvents {
  /** Monitoring began. */
  'monitoring:started': []
  /** Monitoring ended: no tick comes after this. */
  'monitoring:stopped': []
  /** Silent for half of its threshold: late, not down. */
  'coordinator:stale': [CoordinatorStaleEvent]
  /** Silent beyond its threshold. */
  'coordinator:timeout': [CoordinatorTimeoutEvent]
  /** Stale or dead, it beat again before anybody replaced it. */
  'coordinator:recovered': [CoordinatorRecoveredEvent]
  /** What a dead one leaves among the living, and its cached ACKs, were removed. */
  'cleanup:complete': [CleanupCompleteEvent]
  'cleanup:failed': [CleanupFailedEvent]
  /** Its replacement exists, whoever asked for it. */
  'coordinator:escalated': [CoordinatorEscalatedEvent]
  /** It was not replaced: it is unknown, it lives, or Redis cannot be reached. */
  'escalation:failed': [EscalationFailedEvent]
}

/** What a handler's listeners heard so far. */
export interface TimeoutHandlerMetrics {
  /** Ticks of the interval. */
  totalChecks: number
  timeoutEventsTotal: number
  cleanupsPerformed: number
  cleanupFailures: number
}

/** `Coordinator inactive for 150s (threshold: 120s)` */
export function timeoutReason(silentMs: number, thresholdMs: number): string {
  return `Coordinator inactive for ${seconds(silentMs)} (threshold: ${seconds(thresholdMs)})`
}

/** Whole seconds, and tenths where there are few. */
function seconds(ms: number): string {
  return ms < 10_000 ? `${Math.round(ms / 100) / 10}s` : `${Math.round(ms / 1000)}s`
}
