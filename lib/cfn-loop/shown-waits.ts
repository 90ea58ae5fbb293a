import type { ScriptRunner } from '../redis/run-script'
import type { CoordinatorLife } from './coordinator-life'
import { randomId } from './random-id'
import type { ShownWait } from './wait'

/** What somebody waits for, as the board tells it. */
export interface WaitSubject {
  readonly kind: 'acks' | 'signal' | 'decision'
  /** For whom; empty when it could be anybody. */
  readonly on: () => readonly string[]
  readonly signalId?: string
  readonly consensus?: string
}

const LONGEST_SHOWN_MS = 315_360_000_000

/** Shows the waits of one coordinator on the board. What fails here never ends a wait. */
export class ShownWaits {
  readonly #life: CoordinatorLife
  readonly #runner: ScriptRunner
  readonly #open = new Set<Promise<void>>()

  constructor(life: CoordinatorLife, runner: ScriptRunner) {
    this.#life = life
    this.#runner = runner
  }

  of(subject: WaitSubject): ShownWait {
    let waitId = ''
    let begun: Promise<void> | undefined
    return {
      begin: (waitedMs, leftMs) => {
        waitId = randomId(12)
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
        const ended = (begun ?? Promise.resolve()).then(() =>
          this.#write('endWait', 'wait', [waitId, outcome, Math.round(waitedMs)]),
        )
        this.#open.add(ended)
        void ended.finally(() => this.#open.delete(ended))
      },
    }
  }

  /** Resolves when all that has ended is told. */
  async settled(): Promise<void> {
    await Promise.all(this.#open)
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
