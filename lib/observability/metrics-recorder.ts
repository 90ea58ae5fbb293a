/** Why a heartbeat did not count. `stale` is what a monitor says; the others the coordinator itself. */
export type HeartbeatFailure = 'connection' | 'timeout' | 'stale' | 'error'

/**
 * How a coordinator or a wait timed out: `heartbeat` found by a monitor's own look, `external` by
 * somebody who asked, `blocking` a wait that ended without what it waited for.
 */
export type TimeoutCause = 'heartbeat' | 'blocking' | 'external'

/** Takes what the core has to tell. Nothing of it may throw. */
export interface MetricsRecorder {
  /** A wait ended; `status` is `completed`, `timed_out` or `aborted`. */
  waited(swarmId: string, coordinatorId: string, status: string, seconds: number): void
  /** A signal was acknowledged, this long after it was sent. */
  delivered(senderId: string, receiverId: string, signalType: string, seconds: number): void
  heartbeatFailed(coordinatorId: string, reason: HeartbeatFailure): void
  timedOut(coordinatorId: string, reason: TimeoutCause): void
  /** A coordinator of this process is here, with so many waits that last. */
  present(swarmId: string, coordinatorId: string, waits: number): void
  /** It left, or died: its series go, after a while. */
  gone(coordinatorId: string): void
}

const RECORDER = Symbol.for('signalbox.metrics-recorder')
// Shared by all copies of this module in a process: bundled, imported and required ones.
const shared = globalThis as { [RECORDER]?: MetricsRecorder | undefined }

/** Undefined, and nothing is recorded, unless a program asked for metrics. */
export function metricsRecorder(): MetricsRecorder | undefined {
  return shared[RECORDER]
}

export function setMetricsRecorder(recorder: MetricsRecorder | undefined): void {
  shared[RECORDER] = recorder
}
