import { type Hint, parseHints } from '../../protocol/hint'
import { type HintHub, hintHubOf } from '../../redis/hint-hub'
import type { ScriptRunner } from '../../redis/run-script'
import { databaseOf } from '../../redis/subscriber-connection'
import type { AckReader } from '../ack-reader'
import { ShownWaits, type WaitingLife } from '../shown-waits'
import { SignalInbox } from '../signal-inbox'
import { AckWaits } from '../wait-for-acks'

/** All that one coordinator waits for, signals and ACKs, woken by what it is told. */
export class CoordinatorWaits {
  readonly signals: SignalInbox
  readonly acks: AckWaits
  /** As the board shows them. */
  readonly shown: ShownWaits
  readonly #hub: HintHub
  readonly #channel: string
  readonly #db: number
  #deaf: (() => void) | undefined

  constructor(life: WaitingLife, runner: ScriptRunner, reader: AckReader) {
    const { coordinatorId } = life
    const { keys, redis } = runner
    this.#hub = hintHubOf(redis)
    this.#channel = keys.hint(coordinatorId)
    this.#db = databaseOf(redis)
    const hears = () => this.#hub.hears(this.#channel)
    const shown = new ShownWaits(life, runner)
    this.shown = shown
    this.signals = new SignalInbox({ runner, coordinatorId, shown, hears })
    this.acks = new AckWaits({
      coordinatorId,
      reader,
      shown,
      hears,
      channelOf: keys.hint,
      listen: (channel, onLook) => this.#listen(channel, onLook),
    })
  }

  /** Hears, from now on, what is told to this coordinator. */
  hear(): void {
    this.#deaf ??= this.#listen(this.#channel, () => this.#look())
  }

  /** Ends all with an error. */
  fail(error: unknown): void {
    this.signals.fail(error)
    this.acks.fail(error)
  }

  /** Ends all with what came, and hears no more. */
  finish(): void {
    this.signals.finish()
    this.acks.finish()
    this.#deaf?.()
    this.#deaf = undefined
  }

  #listen(channel: string, onLook: () => void): () => void {
    return this.#hub.join(channel, { onHint: (message) => this.#heard(message), onLook })
  }

  #heard(message: string): void {
    const hints = parseHints(message)
    if (!hints) this.#look()
    else for (const hint of hints) this.#told(hint)
  }

  #told(hint: Hint): void {
    if (hint.db !== this.#db && hint.db >= 0) return
    else if (hint.k === 'ack') this.acks.offer(hint.signalId, hint.target, hint.stored)
    else if (hint.k === 'signal') this.signals.arrived(hint.entry, hint.target, hint.signal)
    else {
      this.signals.withdrawn(hint.signalId)
      this.acks.withdrawn(hint.signalId)
    }
  }

  #look(): void {
    this.acks.look()
    void this.signals.lookAtAll()
  }
}
