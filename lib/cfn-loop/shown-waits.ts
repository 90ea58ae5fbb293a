import { metricsRecorder } from '../observability/metrics-recorder'
import type { ScriptRunner } from '../redis/run-script'
import type { FencedWrite, Incarnation } from './coordinator-life'
import { randomId } from './random-id'
import type { ShownWait, WaitOutcome } from './wait'

/** What somebody waits for, as the board tells it. */
export interface WaitSubject {
  readonly kind: 'acks' | 'signal' | 'decision'
  /** For whom; empty when it could be anybody. */
  readonly on: () => readonly string[]
  readonly signalId?: string
  readonly consensus?: string
}

/** Who waits: a life that beats here, or one that beats elsewhere. */
export interface WaitingLife {
  readonly coordinatorId: string
  readonly swarmId: string
  /** None before it has registered. */
  readonly incarnation: Incarnation | undefined
  /** Why its writes are refused, if they are. */
  readonly fenced: Error | undefined
  /** Runs a script under its fence. */
  readonly write: FencedWrite
}

const LONGEST_SHOWN_MS = 315_360_000_000

/** Shows the waits of one coordinator on the board. What fails here never ends a wait. */
export class ShownWaits {
  readonly #life: WaitingLife
  readonly #runner: ScriptRunner
  readonly #open = new Set<Promise<void>>()
  #lasting = 0

  constructor(life: WaitingLife, runner: ScriptRunner) {
    this.#life = life
    this.#runner = runner
  }

  /** Waits that are shown at this moment. */
  get lasting(): number {
    return this.#lasting
  }

  of(subject: WaitSubject): ShownWait {
    let waitId = ''
    let begun: Promise<void> | undefined
    return {
      begin: (waitedMs, leftMs) => {
        waitId = randomId(12)
        this.#count(1)
        begun = this.#write('beginWait', 'wait', [
          waitId,
          subject.kind,
          JSON.stringify(subject.on()),
          subject.signalId ?? '',
          subject.consensus ?? '',
          Math.round(waitedMs),
          Math.round(Math.min(leftMs, LONGEST_SHOWN_MS)),
        ])
      },
      end: (outcome, waitedMs) => {
        this.#count(-1)
        const ended = (begun ?? Promise.resolve()).then(() =>
          this.#write('endWait', 'wait', [waitId, outcome, Math.round(waitedMs)]),
        )
        this.#open.add(ended)
        void ended.finally(() => this.#open.delete(ended))
      },
      ended: (outcome, waitedMs) => this.#record(subject, outcome, waitedMs),
    }
  }

  /** Resolves when all that has ended is told. */
  async settled(): Promise<void> {
    await Promise.all(this.#open)
  }

  #count(more: 1 | -1): void {
    this.#lasting += more
    if (!this.#life.incarnation || this.#life.fenced) return
    metricsRecorder()?.present(this.#life.swarmId, this.#life.coordinatorId, this.#lasting)
  }

  #record(subject: WaitSubject, outcome: WaitOutcome, waitedMs: number): void {
    const recorder = metricsRecorder()
    if (!recorder) return
    const { coordinatorId, swarmId } = this.#life
    recorder.waited(swarmId, coordinatorId, outcome, waitedMs / 1000)
    // Who only looks whether anything came is not timed out when nothing did.
    if (outcome === 'timed_out' && subject.kind !== 'signal') {
      recorder.timedOut(coordinatorId, 'blocking')
    }
  }

  async #write(
    name: 'beginWait' | 'endWait',
    operation: string,
    args: (string | number)[],
  ): Promise<void> {
    // Whoever never registered, or is fenced, has no place on the board.
    if (!this.#life.incarnation || this.#life.fenced) return
    const { keys } = this.#runner
    const scriptKeys = [keys.coordinator(this.#life.coordinatorId), keys.events, keys.deadlines]
    await this.#life.write(name, scriptKeys, args, operation).catch(() => {})
  }
}
