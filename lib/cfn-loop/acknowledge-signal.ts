import type { HandmadeSignal, Signal, SignalAck } from '../protocol/signal'
import { InvalidInputError, SignalStateError } from '../redis/errors'
import { parseJsonText } from '../redis/records/parse-json-text'
import type { ScriptRunner } from '../redis/run-script'
import { databaseOf } from '../redis/subscriber-connection'
import { signAck } from './ack-mac'
import type { AckReader } from './ack-reader'
import type { FencedWrite } from './coordinator-life'
import type { KeyRing } from './key-ring'
import { factsOfSentSignal, hasFiveParts, type SentSignalFacts } from './signal-id'

/** In whose name it is acknowledged: a life that beats here, or one that beats elsewhere. */
export interface AcknowledgingLife {
  readonly coordinatorId: string
  /** Redis' time, ms. */
  redisNow(): number
  /** Runs a script under its fence. */
  readonly write: FencedWrite
}

export interface AcknowledgerOptions {
  readonly life: AcknowledgingLife
  readonly runner: ScriptRunner
  readonly reader: AckReader
  readonly ring: KeyRing
  readonly namespace: string
  readonly ackTtlMs: number
  readonly trackCompletion: boolean
}

export interface AckRequest {
  readonly signal: HandmadeSignal
  /** Who it was sent to, as far as this process knows. */
  readonly target: string | undefined
  /** What a signal without one takes. */
  readonly iteration: number
  readonly phase: string | undefined
  /** Somebody signs for it, and the ACK says so. */
  readonly signedBy?: 'server'
}

/** What one attempt to store an ACK came to. */
type Stored =
  | { readonly done: SignalAck; readonly more: boolean }
  | { readonly sign: { target: string; facts: SentSignalFacts } }
  | { readonly replace: { target: string; replaces: string } }

/** Each answer that asks for another attempt can come once; more would be a loop. */
const MOST_ATTEMPTS = 6

/** Signs and stores the ACKs of one coordinator. */
export class Acknowledger {
  readonly #options: AcknowledgerOptions
  readonly #db: number

  constructor(options: AcknowledgerOptions) {
    this.#options = options
    this.#db = databaseOf(options.runner.redis)
  }

  /**
   * The ACK, stored: the first one for the record's life, however often it is asked for. Of a signal
   * that this coordinator holds for several targets all are answered, and the first of these is what it is
   * told.
   *
   * @throws InvalidInputError when it is not a target, SignalStateError when the signal can't be
   *   answered any more, FencedError
   */
  async acknowledge(request: AckRequest): Promise<SignalAck> {
    const { coordinatorId } = this.#options.life
    const { signal } = request
    const named = signal.targets.includes(coordinatorId)
    if (!named && !hasFiveParts(signal.signalId)) throw notATarget(coordinatorId)
    const target = request.target ?? (named ? coordinatorId : (signal.targets[0] ?? coordinatorId))
    const facts = factsOfSentSignal(signal.signalId) ?? {
      source: signal.source,
      type: signal.type,
      iteration: signal.iteration ?? request.iteration,
    }
    const first = await this.#answer(request, target, facts)
    let { more } = first
    while (more) more = (await this.#answer(request, '', facts)).more
    return first.done
  }

  async #answer(request: AckRequest, target: string, facts: SentSignalFacts) {
    let attempt = { target, facts, replaces: '' }
    for (let count = 0; count < MOST_ATTEMPTS; count++) {
      const stored = await this.#store(request, attempt)
      if ('done' in stored) return stored
      if ('sign' in stored) attempt = { ...attempt, ...stored.sign }
      else attempt = { ...attempt, ...stored.replace }
    }
    throw new Error(`${request.signal.signalId} changed with every attempt to acknowledge it`)
  }

  async #store(
    request: AckRequest,
    attempt: { target: string; facts: SentSignalFacts; replaces: string },
  ): Promise<Stored> {
    const { life, runner, ackTtlMs, trackCompletion } = this.#options
    const { signalId } = request.signal
    const { target, facts } = attempt
    let signed: SignalAck | undefined
    const answer = await life.write(
      'acknowledgeSignal',
      [runner.keys.signalRecord(signalId)],
      ({ epoch }) => {
        signed = this.#sign(request, target, facts, epoch)
        return [
          signalId,
          target,
          JSON.stringify(signed),
          facts.source,
          facts.type,
          facts.iteration,
          ackTtlMs,
          trackCompletion ? '1' : '',
          hasFiveParts(signalId) ? '' : handmadeJson(request.signal, facts),
          attempt.replaces,
          this.#db,
        ]
      },
      'acknowledgeSignal',
    )
    const [code, ...rest] = answer
    switch (code) {
      case 'OK':
        if (!signed) throw new Error('an ACK was stored that nobody signed')
        return { done: signed, more: rest[0] === '1' }
      case 'ALREADY': {
        const [text = '', of = target, more] = rest
        const ack = this.#options.reader.judge(signalId, of, parseJsonText(text) ?? text)
        if (ack) return { done: ack, more: more === '1' }
        return { replace: { target: of, replaces: text || 'nothing' } }
      }
      case 'SIGN': {
        const [of = target, source = '', type = '', iteration = ''] = rest
        const recorded = { source, type, iteration: Number(iteration) } as SentSignalFacts
        return { sign: { target: of, facts: recorded } }
      }
      case 'GONE':
        throw new SignalStateError(signalId, 'gone')
      case 'ENDED':
        throw new SignalStateError(signalId, rest[0] === 'expired' ? 'expired' : 'cancelled')
      case 'FOREIGN':
        throw notATarget(life.coordinatorId)
      default:
        throw new Error(`acknowledgeSignal answered ${answer.join(' ')}`)
    }
  }

  #sign(request: AckRequest, target: string, facts: SentSignalFacts, epoch: number): SignalAck {
    const { life, ring, namespace } = this.#options
    const { coordinatorId } = life
    return signAck(
      {
        coordinatorId,
        signalId: request.signal.signalId,
        source: facts.source,
        timestamp: life.redisNow(),
        iteration: facts.iteration,
        status: 'received',
        onBehalfOf: target || coordinatorId,
        epoch,
        metadata: {
          signalType: facts.type,
          ...(request.phase === undefined ? {} : { phase: request.phase }),
          ...(request.signedBy === undefined ? {} : { signedBy: request.signedBy }),
        },
      },
      ring,
      namespace,
    )
  }
}

export function notATarget(coordinatorId: string) {
  return new InvalidInputError('signal.targets', `must name ${coordinatorId}`)
}

/** The signal as it is recorded where nobody sent it. */
function handmadeJson(signal: HandmadeSignal, { iteration }: SentSignalFacts): string {
  const { signalId, source, targets, type, timestamp, payload } = signal
  const whole: Signal = { signalId, source, targets, type, iteration, timestamp }
  return JSON.stringify(payload === undefined ? whole : { ...whole, payload })
}
