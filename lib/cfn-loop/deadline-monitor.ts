import type { ScriptRunner } from '../redis/run-script'
import { okOrThrow } from '../redis/script-codes'

export interface DeadlineMonitorOptions {
  /** Runs as `monitor:<id>`. */
  readonly runner: ScriptRunner
  readonly monitorId: string
  /** How often this monitor sweeps, ms: a gap of more than two of these makes a grace period. */
  readonly intervalMs: number
  /** Clean up after the dead in the same step. */
  readonly autoCleanup: boolean
  /** Most that is claimed in one script, so that no other call waits long for Redis. */
  readonly batch?: number
}

export interface Sweep {
  /** Redis' time of its last part, ms. */
  readonly at: number
  /** How many deadlines were due. */
  readonly due: number
  /** Until when nobody is declared dead, Redis' time; 0 where there is no grace period. */
  readonly graceUntil: number
  /** Records that could not be read. They are looked at again later. */
  readonly problems: string[]
}

/** Claims what has run out in one namespace. Any number of monitors may do so at the same time. */
export class DeadlineMonitor {
  readonly #options: DeadlineMonitorOptions
  /** Redis' time at the last sweep, and the local clock at its answer: whether Redis' clock jumped. */
  #last: { redis: number; local: number } | undefined

  constructor(options: DeadlineMonitorOptions) {
    this.#options = options
  }

  /** Claims all that is due now. */
  async sweep(): Promise<Sweep> {
    const { runner, monitorId, intervalMs, autoCleanup, batch = 100 } = this.#options
    const { keys } = runner
    let due = 0
    const problems: string[] = []
    for (;;) {
      const last = this.#last
      const answer = await runner.run(
        'sweepDeadlines',
        [keys.deadlines, keys.events, keys.beats, keys.monitor, keys.settings],
        [
          monitorId,
          intervalMs,
          autoCleanup ? '1' : '',
          batch,
          last?.redis ?? '',
          last ? Math.round(performance.now() - last.local) : '',
        ],
      )
      const [, at, more, graceUntil, count, ...lines] = okOrThrow(answer, {
        operation: 'sweep',
        coordinatorId: '',
      })
      this.#last = { redis: Number(at), local: performance.now() }
      due += Number(count)
      problems.push(...lines)
      if (more !== '1') return { at: Number(at), due, graceUntil: Number(graceUntil), problems }
    }
  }
}
