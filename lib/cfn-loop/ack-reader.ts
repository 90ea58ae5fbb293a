import { createHash } from 'node:crypto'
import { type AckVerdict, type SignalAck, signalTargetSchema } from '../protocol/signal'
import type { NamespaceKeys } from '../redis/keys'
import type { RedisLike } from '../redis/redis-like'
import type { ScriptRunner } from '../redis/run-script'
import { checkMac } from './ack-mac'
import type { CircuitBreaker } from './circuit-breaker'
import { judgeAck } from './judge-ack'
import type { KeyRing } from './key-ring'
import { Recently } from './recently'

export interface AckReaderOptions {
  /** Runs as whoever reads. */
  readonly runner: ScriptRunner
  readonly breaker: CircuitBreaker
  readonly ring: KeyRing
  readonly namespace: string
}

export interface AckLook {
  /** The true ACKs, by target. */
  readonly acks: Map<string, SignalAck>
  /** Targets that answer no more: the signal was cancelled for them, or expired. */
  readonly ended: readonly string[]
}

/** Refusals are recorded once for each bad ACK; of so many it remembers them. */
const REMEMBERED = { most: 1000 }

/** Reads ACKs from where they count, the signal's record, and lets only true ones through. */
export class AckReader {
  readonly #redis: RedisLike
  readonly #keys: NamespaceKeys
  readonly #options: AckReaderOptions
  readonly #refused = new Recently<true>(REMEMBERED)

  constructor(options: AckReaderOptions) {
    this.#options = options
    this.#redis = options.runner.redis
    this.#keys = options.runner.keys
  }

  /**
   * What the record says of these targets.
   * `thorough` also looks at the copies that stand under keys of their own: those are never trusted,
   * but a forged one is worth knowing of.
   */
  async look(signalId: string, targets: readonly string[], thorough = false): Promise<AckLook> {
    const acks = new Map<string, SignalAck>()
    const ended: string[] = []
    if (targets.length === 0) return { acks, ended }
    const fields = targets.flatMap((it) => [`a:${it}`, `t:${it}`])
    const texts = await this.#options.breaker.execute(() =>
      this.#redis.hmget(this.#keys.signalRecord(signalId), ...fields),
    )
    for (const [index, target] of targets.entries()) {
      const text = texts[index * 2]
      const ack = text ? this.judge(signalId, target, parse(text)) : undefined
      if (ack) acks.set(target, ack)
      else if (hasEnded(texts[index * 2 + 1])) ended.push(target)
    }
    if (thorough) {
      const unanswered = targets.filter((it) => !acks.has(it))
      if (unanswered.length > 0) await this.#lookAtCopies(signalId, unanswered)
    }
    return { acks, ended }
  }

  /** The true ACKs of these targets, by target. */
  async read(signalId: string, targets: readonly string[]): Promise<Map<string, SignalAck>> {
    return (await this.look(signalId, targets)).acks
  }

  /** The ACK if it is a true one; else the refusal is recorded, and nothing else happens. */
  judge(signalId: string, target: string, stored: unknown): SignalAck | undefined {
    const { ring, namespace } = this.#options
    const judged = judgeAck(stored, { signalId, target }, ring, namespace)
    if (judged.verdict === 'valid') return judged.ack
    this.#refuse(signalId, target, judged.verdict, stored)
    return undefined
  }

  async #lookAtCopies(signalId: string, targets: readonly string[]): Promise<void> {
    const names = targets.map((it) => this.#keys.ack(it, signalId))
    const texts = await this.#options.breaker.execute(() => this.#redis.mget(...names))
    for (const [index, target] of targets.entries()) {
      const text = texts[index]
      if (!text) continue
      const ack = parse(text)
      const checked = checkMac(ack, this.#options.ring, this.#options.namespace)
      if (checked.verdict !== 'valid') this.#refuse(signalId, target, checked.verdict, { ack })
      else if (checked.ack.signalId !== signalId) {
        this.#refuse(signalId, target, 'replayed', { ack })
      } else if (checked.ack.coordinatorId !== target) {
        this.#refuse(signalId, target, 'foreign', { ack })
      }
    }
  }

  #refuse(signalId: string, target: string, verdict: AckVerdict, stored: unknown): void {
    const mark = fingerprint(stored)
    const once = `${signalId} ${target} ${mark}`
    if (this.#refused.has(once)) return
    this.#refused.note(once, true)
    const { runner } = this.#options
    runner
      .run('rejectAck', [this.#keys.signalRecord(signalId)], [signalId, target, verdict, mark])
      // It is tried again when the bad ACK is seen again.
      .catch(() => this.#refused.forget(once))
  }
}

/** Tells one ACK from others: of the same one it is the same, however it was heard of. */
function fingerprint(stored: unknown): string {
  const ack = typeof stored === 'object' && stored !== null && 'ack' in stored ? stored.ack : stored
  let text: string
  try {
    text = JSON.stringify(ack) ?? ''
  } catch {
    text = String(ack)
  }
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

const targetSchema = signalTargetSchema.pick({ state: true })

function hasEnded(text: string | null | undefined): boolean {
  if (!text) return false
  const { data } = targetSchema.safeParse(parse(text))
  return data?.state === 'cancelled' || data?.state === 'expired'
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
