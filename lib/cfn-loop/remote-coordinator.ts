import type { Json } from '../protocol/json'
import { type AnySignalType, type Signal, type SignalAck, signalSchema } from '../protocol/signal'
import { InvalidInputError, SignalStateError } from '../redis/errors'
import { hintHubOf } from '../redis/hint-hub'
import { parseJsonText } from '../redis/records/parse-json-text'
import type { ScriptRunner } from '../redis/run-script'
import { AckReader } from './ack-reader'
import { Acknowledger } from './acknowledge-signal'
import { completeSignal } from './complete-signal'
import type { Incarnation } from './coordinator-life'
import { parseInboxAnswer } from './inbox-entry'
import type { KeyRing } from './key-ring'
import { redisBreakerOf } from './redis-breaker'
import { RemoteLife } from './remote-life'
import { ShownWaits } from './shown-waits'
import { wait } from './wait'

export interface RemoteCoordinatorOptions {
  readonly coordinatorId: string
  readonly incarnation: Incarnation
  /** Runs as this coordinator. */
  readonly runner: ScriptRunner
  /** Signs for it: it holds no secret. */
  readonly ring: KeyRing
  readonly namespace: string | undefined
  /** Redis' time, ms. */
  readonly now: () => number
}

export interface ReceiveRequest {
  /** ms; never longer than half the threshold, since nobody beats meanwhile. */
  readonly waitMs: number
  readonly types?: readonly AnySignalType[] | undefined
  readonly limit: number
  readonly signal?: AbortSignal | undefined
}

const ACK_TTL_MS = 3_600_000
/** Looked at for signals of the types that are asked for: an inbox holds no more. */
const MOST_READ = 1000

/** What a coordinator without access to Redis does, carried out for it under the incarnation that it shows. */
export class RemoteCoordinator {
  readonly #options: RemoteCoordinatorOptions
  readonly #life: RemoteLife

  constructor(options: RemoteCoordinatorOptions) {
    this.#options = options
    this.#life = new RemoteLife(options)
  }

  /** @throws FencedError, UnknownCoordinatorError, as all others do */
  async beat(): Promise<{ serverTime: number; thresholdMs: number }> {
    return beaten(await this.#life.write('beatCoordinator', this.#lifeKeys(), [], 'beat'))
  }

  /** A beat with meaning. */
  async recordActivity(it: {
    phase?: string | undefined
    iteration?: number | undefined
    action?: string | undefined
  }): Promise<{ serverTime: number; thresholdMs: number }> {
    const args = [it.phase ?? '', it.iteration ?? '', it.action ?? '']
    return beaten(
      await this.#life.write('recordActivity', this.#lifeKeys(), args, 'recordActivity'),
    )
  }

  /**
   * What is pending, oldest first, left in place until it is acknowledged. Beats, and then waits where
   * nothing is there; the wait is shown on the board like any other.
   */
  async receive({ waitMs, types, limit, signal }: ReceiveRequest): Promise<Signal[]> {
    const { coordinatorId, runner } = this.#options
    const { thresholdMs } = await this.beat()
    const wanted = types && new Set(types)
    const read = async () => {
      const inbox = runner.keys.inbox(coordinatorId)
      const answer = await runner.run('readInbox', [inbox], [wanted ? MOST_READ : limit, ''])
      return parseInboxAnswer(answer)
        .entries.map((it) => it.signal)
        .filter((it) => wanted?.has(it.type) ?? true)
        .slice(0, limit)
    }
    const there = await read()
    const timeoutMs = Math.min(waitMs, Math.floor(thresholdMs / 2))
    if (there.length > 0 || timeoutMs <= 0) return there
    const shown = new ShownWaits(this.#life, runner)
    let give: (signals: Signal[]) => void = () => {}
    const look = async () => {
      const signals = await read()
      if (signals.length > 0) give(signals)
    }
    const lookSoon = () => void look().catch(() => {})
    const received = await wait<Signal[]>({
      timeoutMs,
      signal,
      shown: shown.of({ kind: 'signal', on: () => [] }),
      start: (resolve) => {
        give = resolve
        return hintHubOf(runner.redis).join(runner.keys.hint(coordinatorId), {
          onHint: lookSoon,
          onLook: lookSoon,
        })
      },
      look,
      atTimeout: () => [],
    })
    await shown.settled()
    return received
  }

  /**
   * The ACK, signed for it and marked so: the first one for the record's life, however often it is asked for.
   *
   * @throws InvalidInputError when it is not a target; SignalStateError
   */
  async acknowledge(
    signalId: string,
    how: { phase?: string | undefined; trackCompletion: boolean },
  ): Promise<SignalAck> {
    const { runner, ring, namespace = '' } = this.#options
    const text = await runner.redis.hget(runner.keys.signalRecord(signalId), 'signal')
    const signal = signalSchema.safeParse(parseJsonText(text ?? ''))
    // Only what was really sent: nobody who comes by HTTP makes signals by hand.
    if (!signal.success) throw new SignalStateError(signalId, 'gone')
    const breaker = redisBreakerOf(runner.redis)
    const acknowledger = new Acknowledger({
      life: this.#life,
      runner,
      reader: new AckReader({ runner, breaker, ring, namespace }),
      ring,
      namespace,
      ackTtlMs: ACK_TTL_MS,
      trackCompletion: how.trackCompletion,
    })
    return acknowledger.acknowledge({
      signal: signal.data,
      target: undefined,
      iteration: signal.data.iteration,
      phase: how.phase,
      signedBy: 'server',
    })
  }

  /** @returns whether it is completed, now or before */
  async complete(signalId: string, result?: Json): Promise<boolean> {
    return completeSignal(this.#life, this.#options.runner.keys, signalId, result)
  }

  /** Leaves gracefully. */
  async leave(): Promise<void> {
    const [coordinator = '', events = '', beats = '', deadlines = ''] = this.#lifeKeys()
    const keys = [coordinator, events, beats, deadlines]
    await this.#life.write('leaveCoordinator', keys, [], 'leave')
  }

  #lifeKeys(): string[] {
    const { keys } = this.#options.runner
    const { coordinatorId } = this.#options
    return [keys.coordinator(coordinatorId), keys.events, keys.beats, keys.deadlines, keys.settings]
  }
}

function beaten([code, serverTime, thresholdMs]: string[]) {
  if (code !== 'OK') throw new InvalidInputError('id', 'has no life that could beat')
  return { serverTime: Number(serverTime), thresholdMs: Number(thresholdMs) }
}
