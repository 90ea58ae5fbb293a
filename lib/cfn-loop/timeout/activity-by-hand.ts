import { phaseSchema } from '../../protocol/coordinator'
import { iterationSchema } from '../../protocol/signal'
import { InvalidInputError } from '../../redis/errors'
import type { ScriptRunner } from '../../redis/run-script'
import { okOrThrow } from '../../redis/script-codes'
import { randomId } from '../random-id'
import { Recently } from '../recently'

/** Whom one handler remembers; of others it goes on with the life that the record tells. */
const REMEMBERED = { most: 20_000 }

/** Speaks for coordinators that have no process of their own. */
export class ActivityByHand {
  readonly #runner: ScriptRunner
  readonly #thresholdMs: number | undefined
  /** Under which incarnation each was registered. */
  readonly #known = new Recently<{ epoch: string; instance: string }>(REMEMBERED)

  constructor(runner: ScriptRunner, thresholdMs: number | undefined) {
    this.#runner = runner
    this.#thresholdMs = thresholdMs
  }

  /** @throws InvalidInputError, FencedError */
  async record(coordinatorId: string, iteration: number, phase?: string): Promise<void> {
    checkActivity(iteration, phase)
    const { keys } = this.#runner
    const known = this.#known.get(coordinatorId)
    const answer = await this.#runner.run(
      'recordActivityByHand',
      [keys.coordinator(coordinatorId), keys.events, keys.beats, keys.deadlines, keys.settings],
      [
        coordinatorId,
        known?.epoch ?? '',
        known?.instance ?? '',
        iteration,
        phase ?? '',
        this.#thresholdMs ?? '',
        randomId(16),
      ],
    )
    if (answer[0] === 'NOTED') {
      this.#known.forget(coordinatorId)
      return
    }
    const [, epoch = '', instance = ''] = okOrThrow(answer, {
      operation: 'recordActivity',
      coordinatorId,
      epoch: Number(known?.epoch ?? 0),
    })
    this.#known.note(coordinatorId, { epoch, instance })
  }

  /** It ended: who is recorded under that id from now on begins a new life. */
  forget(coordinatorId: string): void {
    this.#known.forget(coordinatorId)
  }
}

function checkActivity(iteration: unknown, phase: unknown): void {
  if (!iterationSchema.safeParse(iteration).success) {
    throw new InvalidInputError('iteration', 'must be an integer from 0 to 999999999')
  }
  if (phase !== undefined && !phaseSchema.safeParse(phase).success) {
    throw new InvalidInputError(
      'phase',
      'must be text of 1 to 128 characters without control characters',
    )
  }
}
