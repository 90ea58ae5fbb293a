import type { SignalAck } from '../protocol/signal'
import type { AckReader } from './ack-reader'
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
  readonly channelOf: (coordinatorId: string) => string
  /** Hears a channel that is not the coordinator's own, whose hints come anyway. */
  readonly listen: (channel: string) => () => void
}

/** The waits for ACKs of one coordinator: as many as may be, woken by one listener. */
export class AckWaits {
  readonly #options: AckWaitsOptions
  readonly #open = new Map<string, Set<OpenWait>>()

  constructor(options: AckWaitsOptions) {
    this.#options = options
  }

  /** By target, the ACKs that are in: resolves with the last of them, or at the timeout with what came. */
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
    const look = async (thorough: boolean) => {
      const acks = await reader.read(signalId, [...missing], thorough)
      for (const [target, ack] of acks) accept(target, ack)
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
        const deaf = this.#channels(request).map(this.#options.listen)
        // The timeout itself looks: who does not wait at all has no need to look twice.
        if (timeoutMs > 0) open.look()
        return () => {
          leave()
          for (const stop of deaf) stop()
        }
      },
      look: () => look(true),
      atTimeout: inOrder,
    })
  }

  /** An ACK of a signal was heard of. */
  offer(signalId: string, target: string, stored: unknown): void {
    for (const it of [...(this.#open.get(signalId) ?? [])]) it.offer(target, stored)
  }

  /** Hints may have been missed. */
  look(): void {
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

  /**
   * Where its ACKs are told, apart from the coordinator's own channel: to the sender, whom the id
   * names, or, of a signal that nobody sent, to those who answer.
   */
  #channels({ signalId, targets }: AckWaitRequest): string[] {
    const { coordinatorId, channelOf } = this.#options
    const sender = signalId.split(':')[0] ?? ''
    const tellers = hasFiveParts(signalId) ? [sender] : targets
    return tellers.filter((it) => it !== coordinatorId).map(channelOf)
  }
}
