import type { SignalAck } from '../protocol/signal'
import type { AckReader } from './ack-reader'
import { Recently } from './recently'
import type { ShownWaits } from './shown-waits'
import { hasFiveParts } from './signal-id'
import { wait } from './wait'

export interface AckWaitRequest {
  /** Each once. */
  readonly targets: readonly string[]
  readonly signalId: string
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

interface OpenWait {
  /** An ACK was heard of, as it stands in the record: `{ epoch, by, ack }`. */
  offer(target: string, stored: unknown): void
  look(): void
  fail(error: unknown): void
  finish(): void
}

export interface AckWaitsOptions {
  readonly coordinatorId: string
  readonly reader: AckReader
  readonly shown: ShownWaits
  /** Whether hints on the coordinator's own channel arrive. */
  readonly hears: () => boolean
  readonly channelOf: (coordinatorId: string) => string
  /** Hears a channel that is not the coordinator's own, whose hints come anyway; `onLook` when they may have been missed. */
  readonly listen: (channel: string, onLook: () => void) => () => void
}

interface Channel {
  readonly waits: Set<OpenWait>
  readonly leave: () => void
}

/**
 * Of so many signals it remembers for so long, ms, that this process sent them, and the ACKs that came before
 * anybody waited: whoever waits for ACKs does so right after sending. Who comes later looks.
 */
const REMEMBERED = { most: 1000, forMs: 10_000 }

/**
 * The waits for ACKs of one coordinator: as many as may be, woken by one listener.
 *
 * A wait begins with a look at the record, except for a signal that this process has just sent while it
 * heard all hints: of such a one every ACK is told, and those that came before the wait are kept.
 */
export class AckWaits {
  readonly #options: AckWaitsOptions
  readonly #open = new Map<string, Set<OpenWait>>()
  readonly #channels = new Map<string, Channel>()
  readonly #justSent = new Recently<true>(REMEMBERED)
  readonly #early = new Recently<Map<string, unknown>>({
    ...REMEMBERED,
    // Who waits for that one has to look.
    forgets: (signalId) => this.#justSent.forget(signalId),
  })
  /** Counts the times from which on hints arrive. */
  #hearings = 0

  constructor(options: AckWaitsOptions) {
    this.#options = options
  }

  /**
   * By target, the ACKs that are in: resolves with the last of them, or at the timeout with what came. A target
   * of whom the signal was cancelled, or expired, answers no more, and is not waited for.
   */
  wait(request: AckWaitRequest): Promise<Map<string, SignalAck>> {
    const { targets, signalId, timeoutMs } = request
    const { reader, shown } = this.#options
    const found = new Map<string, SignalAck>()
    const missing = new Set(targets)
    const inOrder = () =>
      new Map(
        targets.flatMap((it) => {
          const ack = found.get(it)
          return ack ? [[it, ack] as const] : []
        }),
      )
    if (missing.size === 0) return Promise.resolve(inOrder())

    let accept = (_target: string, _ack: SignalAck) => {}
    let giveUp = (_target: string) => {}
    const look = async (thorough: boolean) => {
      const { acks, ended } = await reader.look(signalId, [...missing], thorough)
      for (const [target, ack] of acks) accept(target, ack)
      for (const target of ended) giveUp(target)
    }
    return wait({
      timeoutMs,
      signal: request.signal,
      shown: shown.of({ kind: 'acks', on: () => [...missing], signalId }),
      start: (resolve, reject) => {
        accept = (target, ack) => {
          if (!missing.delete(target)) return
          found.set(target, ack)
          if (missing.size === 0) resolve(inOrder())
        }
        giveUp = (target) => {
          if (missing.delete(target) && missing.size === 0) resolve(inOrder())
        }
        const open: OpenWait = {
          offer: (target, stored) => {
            if (!missing.has(target)) return
            const ack = reader.judge(signalId, target, stored)
            if (ack) accept(target, ack)
          },
          look: () => void look(false).catch(() => {}),
          fail: reject,
          finish: () => resolve(inOrder()),
        }
        const leave = this.#enter(signalId, open)
        const channels = timeoutMs > 0 ? this.#tellersOf(request) : []
        for (const channel of channels) this.#hear(channel, open)
        const told = this.#justSent.forget(signalId) && this.#options.hears()
        for (const [target, stored] of this.#early.get(signalId) ?? []) open.offer(target, stored)
        this.#early.forget(signalId)
        // The timeout itself looks: who does not wait at all has no need to look twice.
        if (timeoutMs > 0 && !told && missing.size > 0) open.look()
        return () => {
          leave()
          for (const channel of channels) this.#unhear(channel, open)
        }
      },
      look: () => look(true),
      atTimeout: inOrder,
    })
  }

  /** An ACK of a signal was heard of. */
  offer(signalId: string, target: string, stored: unknown): void {
    const waits = this.#open.get(signalId)
    if (waits) for (const it of [...waits]) it.offer(target, stored)
    else this.#keepEarly(signalId, target, stored)
  }

  /** Some targets of a signal answer no more. The record says which. */
  withdrawn(signalId: string): void {
    this.#justSent.forget(signalId)
    for (const it of [...(this.#open.get(signalId) ?? [])]) it.look()
  }

  /** This process is about to send a signal. Answers how to say which. */
  sending(): (signalId: string) => void {
    const hearing = this.#options.hears() ? this.#hearings : undefined
    return (signalId) => {
      if (hearing !== this.#hearings) return
      this.#justSent.note(signalId, true)
    }
  }

  /** Hints may have been missed. */
  look(): void {
    this.#hearings += 1
    this.#justSent.forgetAll()
    this.#early.forgetAll()
    for (const it of this.#all()) it.look()
  }

  /** Ends all waits with an error. */
  fail(error: unknown): void {
    for (const it of this.#all()) it.fail(error)
  }

  /** Ends all waits with what came. */
  finish(): void {
    for (const it of this.#all()) it.finish()
  }

  #keepEarly(signalId: string, target: string, stored: unknown): void {
    const known = this.#early.get(signalId)
    if (known) known.set(target, stored)
    else if (this.#options.hears()) this.#early.note(signalId, new Map([[target, stored]]))
  }

  #all(): OpenWait[] {
    return [...this.#open.values()].flatMap((it) => [...it])
  }

  #enter(signalId: string, open: OpenWait): () => void {
    const others = this.#open.get(signalId)
    if (others) others.add(open)
    else this.#open.set(signalId, new Set([open]))
    return () => {
      const all = this.#open.get(signalId)
      all?.delete(open)
      if (all?.size === 0) this.#open.delete(signalId)
    }
  }

  /** However many waits hear a channel, it is heard once. */
  #hear(channel: string, open: OpenWait): void {
    const known = this.#channels.get(channel)
    if (known) {
      known.waits.add(open)
      return
    }
    const waits = new Set([open])
    const leave = this.#options.listen(channel, () => {
      for (const it of [...waits]) it.look()
    })
    this.#channels.set(channel, { waits, leave })
  }

  #unhear(channel: string, open: OpenWait): void {
    const known = this.#channels.get(channel)
    if (!known?.waits.delete(open) || known.waits.size > 0) return
    this.#channels.delete(channel)
    known.leave()
  }

  /**
   * Where its ACKs are told, apart from the coordinator's own channel: to the sender, whom the id
   * names, or, of a signal that nobody sent, to those who answer.
   */
  #tellersOf({ signalId, targets }: AckWaitRequest): string[] {
    const { coordinatorId, channelOf } = this.#options
    const sender = signalId.split(':')[0] ?? ''
    const tellers = hasFiveParts(signalId) ? [sender] : targets
    return tellers.filter((it) => it !== coordinatorId).map(channelOf)
  }
}
