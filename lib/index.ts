// The package `signalbox`: all that a coordinator's process may use. Its API is what stands here, and
// under `signalbox/cfn-loop/*` and `signalbox/observability/prometheus-metrics`.

export type { AckFields } from './cfn-loop/ack-mac'
export { canonicalAck, verifyAck } from './cfn-loop/ack-mac'
export { answerValidations, type ValidatorOptions } from './cfn-loop/answer-validations'
export {
  BlockingCoordinationManager,
  type BlockingCoordinationManagerOptions,
} from './cfn-loop/blocking-coordination'
export {
  BlockingCoordinationSignals,
  type BlockingCoordinationSignalsOptions,
  type ReceivedSignal,
  type SendSignalOptions,
  type SendSignalResult,
  type SignalStatistics,
  SignalType,
} from './cfn-loop/blocking-coordination-signals'
export type { AttemptFailed, CircuitBreakerEvents } from './cfn-loop/breaker/breaker-events'
export type { BreakerTransition } from './cfn-loop/breaker/breaker-history'
export type { CircuitBreakerOptions } from './cfn-loop/breaker/breaker-options'
export type {
  CircuitBreakerState,
  CircuitBreakerStatistics,
} from './cfn-loop/breaker/breaker-state'
export { CircuitBreaker, type ExecuteOptions } from './cfn-loop/circuit-breaker'
export {
  LOOP_2_THRESHOLD,
  LOOP_3_THRESHOLD,
  loop2Consensus,
  loop3Consensus,
  loop4Consensus,
} from './cfn-loop/consensus-presets'
export {
  type ConsensusRefusal,
  ConsensusRefusedError,
  isConsensusRefusedError,
} from './cfn-loop/consensus-refused-error'
export {
  type ConsensusResult,
  ConsensusRound,
  type ConsensusRoundOptions,
  type ConsensusVote,
  type OwnerDecision,
} from './cfn-loop/consensus-round'
export type { CoordinatorLife, Incarnation } from './cfn-loop/coordinator-life'
export { CoordinatorTimeoutHandler } from './cfn-loop/coordinator-timeout-handler'
export type { EscalationOptions } from './cfn-loop/escalate-coordinator'
export {
  LoopConsensus,
  type LoopConsensusOptions,
  MAX_ITERATIONS,
} from './cfn-loop/loop-consensus'
export { type BreakerOwner, publishBreaker } from './cfn-loop/publish-breaker'
export {
  runValidation,
  type ValidationOptions,
  type ValidationOutcome,
} from './cfn-loop/run-validation'
export {
  Spawner,
  type SpawnerEvents,
  type SpawnerOptions,
  type StartedProcess,
  type StartRequest,
} from './cfn-loop/spawner'
export type { CoordinatorTimeoutHandlerOptions } from './cfn-loop/timeout/handler-options'
export type * from './cfn-loop/timeout/timeout-events'
export { parseValidationTask, type ValidationTask } from './cfn-loop/validation-task'
export { enableMetrics, type MetricsOptions } from './observability/enable-metrics'
export type { BreakerState } from './protocol/breaker'
export type { ConsensusPolicy, Decision, Vote } from './protocol/consensus'
export type { WorkItem } from './protocol/http'
export type { Json } from './protocol/json'
export type { AnySignalType, HandmadeSignal, Signal, SignalAck } from './protocol/signal'
export { type CreateClientOptions, createClient, type RedisClient } from './redis/create-client'
export * from './redis/errors'
export type { RedisLike } from './redis/redis-like'
