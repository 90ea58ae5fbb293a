import { metricsRecorder } from '../../observability/metrics-recorder'
import type { HandmadeSignal, SignalAck } from '../../protocol/signal'
import { isSignalStateError } from '../../redis/errors'
import { Acknowledger, type AcknowledgerOptions } from '../acknowledge-signal'
import { Recently } from '../recently'
import type { SignalInbox } from '../signal-inbox'
import { checkHandmadeSignal } from '../signal-input'
import type { Participation } from './participation'

export interface GivenAcksOptions extends Omit<AcknowledgerOptions, 'life' | 'runner'> {
  readonly part: Participation
  /** Gives out again what was not answered. */
  readonly inbox: SignalInbox
}

/** Copies of ACKs that are removed by their names; older ones run out by themselves. */
const COPIES_REMEMBERED = 1000

/** The ACKs that one coordinator gives. */
export class GivenAcks {
  readonly #options: GivenAcksOptions
  readonly #acknowledger: Acknowledger
  /** The signals whose ACKs have a copy. */
  readonly #copies: Recently<true>

  constructor(options: GivenAcksOptions) {
    this.#options = options
    const { life, runner } = options.part
    this.#acknowledger = new Acknowledger({ ...options, life, runner })
    this.#copies = new Recently({ most: COPIES_REMEMBERED, forMs: options.ackTtlMs })
  }

  /** @throws InvalidInputError, SignalStateError, FencedError, and what a closed coordinator throws */
  async give(signal: HandmadeSignal): Promise<SignalAck> {
    const { part, inbox } = this.#options
    part.assertRegisters('acknowledgeSignal')
    const checked = checkHandmadeSignal(signal)
    const settle = inbox.answering(checked.signalId)
    let answered = false
    try {
      const ack = await this.#acknowledger.acknowledge({
        signal: checked,
        target: inbox.targetOf(checked.signalId),
        iteration: part.iteration,
        phase: part.phase,
      })
      answered = true
      if (!this.#copies.has(ack.signalId)) {
        const seconds = (ack.timestamp - checked.timestamp) / 1000
        metricsRecorder()?.delivered(ack.source, part.coordinatorId, checked.type, seconds)
      }
      this.#copies.note(ack.signalId, true)
      part.debug('acknowledged', { signalId: ack.signalId, iteration: ack.iteration })
      return ack
    } catch (error) {
      // What can't be answered any more need not be worked on again.
      answered = isSignalStateError(error)
      throw error
    } finally {
      settle(answered)
    }
  }

  /** The ACK of a signal if it verifies, for whomever it was sent to. */
  async of(signalId: string): Promise<SignalAck | null> {
    const { reader, part } = this.#options
    const { breaker, coordinatorId, runner } = part
    const { keys, redis } = runner
    const handed = await breaker.execute(() =>
      redis.hget(keys.signalRecord(signalId), `h:${coordinatorId}`),
    )
    const targets = [coordinatorId, ...(handed ? handed.split(',') : [])]
    const [ack] = (await reader.read(signalId, targets)).values()
    return ack ?? null
  }

  /** Those that stay run out by themselves: it hurts nobody. */
  async removeCopies(): Promise<void> {
    const { breaker, coordinatorId, runner } = this.#options.part
    const { keys, redis } = runner
    const copies = this.#copies.names().map((it) => keys.ack(coordinatorId, it))
    this.#copies.forgetAll()
    if (copies.length > 0) await breaker.execute(() => redis.del(...copies))
  }
}
