import type { AnySignalType, Signal } from '../protocol/signal'
import type { ScriptRunner } from '../redis/run-script'
import { type InboxEntry, parseInboxAnswer } from './inbox-entry'
import type { ShownWaits } from './shown-waits'
import { SignalsInHand } from './signals-in-hand'
import { wait } from './wait'

export interface SignalWaitRequest {
  readonly timeoutMs: number
  /** Only signals of these types; all where not given. */
  readonly types?: readonly AnySignalType[] | undefined
  readonly signal?: AbortSignal | undefined
}

export interface SignalInboxOptions {
  readonly runner: ScriptRunner
  readonly coordinatorId: string
  readonly shown: ShownWaits
  /** Whether hints of this inbox arrive. */
  readonly hears: () => boolean
}

interface Waiter {
  readonly types: ReadonlySet<AnySignalType> | undefined
  readonly give: (signal: Signal) => void
  readonly fail: (error: unknown) => void
  readonly finish: () => void
}

/** Where hints are not heard, what was read for others too is given out without another look for so long, ms. */
const READ_AHEAD_MS = 20
/** Read at once. */
const PAGE = 100
/** Kept of what hints carry while nobody waits. Beyond it the inbox is read again when somebody does. */
const AHEAD = 1000

/**
 * The inbox of one coordinator, as its process sees it: what was never given out comes first, in the
 * order of the inbox, then what is in hand and nobody works on. After a crash the next process has
 * nothing in hand, and is given all.
 *
 * It reads only what is new since the last look, and not even that while hints carry all that comes.
 * A whole look, from the inbox' beginning, says what is not pending any more.
 */
export class SignalInbox {
  readonly #options: SignalInboxOptions
  readonly #waiters = new Set<Waiter>()
  readonly #inHand = new SignalsInHand()
  /** Read and not given out yet, by signal id. */
  #ahead = new Map<string, InboxEntry>()
  #readAt = 0
  /** All up to this entry was seen; '' where the next look is a whole one. */
  #cursor = ''
  /** All that is in the inbox was seen, and what comes is told. */
  #current = false
  #looking: Promise<void> | undefined
  #lookAgain = false
  #repeatTimer: NodeJS.Timeout | undefined

  constructor(options: SignalInboxOptions) {
    this.#options = options
  }

  /** The next signal, or null at the timeout. */
  wait({ timeoutMs, types, signal }: SignalWaitRequest): Promise<Signal | null> {
    let waiter: Waiter | undefined
    return wait<Signal | null>({
      timeoutMs,
      signal,
      shown: this.#options.shown.of({ kind: 'signal', on: () => [] }),
      start: (resolve, reject) => {
        const it: Waiter = {
          types: types && new Set(types),
          give: resolve,
          fail: reject,
          finish: () => resolve(null),
        }
        waiter = it
        this.#enter(it, timeoutMs > 0)
        return () => {
          this.#waiters.delete(it)
          if (this.#waiters.size === 0) clearTimeout(this.#repeatTimer)
        }
      },
      look: async () => {
        await this.lookAtAll()
        // At the end of a wait, what would only come a little later comes now, once.
        if (waiter && this.#waiters.has(waiter)) this.#repeatFor(waiter, true)
      },
      atTimeout: () => null,
    })
  }

  /** Who a signal in hand was sent to. */
  targetOf(signalId: string): string | undefined {
    return this.#inHand.targetOf(signalId)
  }

  /** A signal is being acknowledged: it is not given out meanwhile. Answers how to say what came of it. */
  answering(signalId: string): (answered: boolean) => void {
    return this.#inHand.answering(signalId)
  }

  /** Forgets what was given out and acknowledged: whatever is still pending comes again. */
  clear(): void {
    this.#inHand.clear()
    this.#forgetAhead()
  }

  /** A hint told of a new entry; `signal` where it carried that. */
  arrived(entryId: string, target: string, signal: Signal | undefined): void {
    if (signal && this.#current && this.#ahead.size < AHEAD) {
      const { signalId } = signal
      this.#cursor = entryId
      if (this.#inHand.has(signalId) || this.#inHand.wasAnswered(signalId)) return
      this.#ahead.set(signalId, { entryId, signalId, target, signal })
      this.#readAt = performance.now()
      this.#serve()
    } else {
      this.#current = false
      void this.#look()
    }
  }

  /** A pending signal was taken out of the inbox. */
  withdrawn(signalId: string): void {
    this.#inHand.drop(signalId)
    this.#ahead.delete(signalId)
  }

  /** Reads the whole inbox, if anybody waits: hints may have been missed. */
  lookAtAll(): Promise<void> {
    this.#cursor = ''
    this.#current = false
    return this.#look()
  }

  fail(error: unknown): void {
    for (const it of [...this.#waiters]) it.fail(error)
  }

  finish(): void {
    for (const it of [...this.#waiters]) it.finish()
    clearTimeout(this.#repeatTimer)
  }

  #enter(waiter: Waiter, looks: boolean): void {
    this.#waiters.add(waiter)
    this.#inHand.noteWaiting(this.#waiters.size)
    // While all is told, that something was withdrawn is told as well.
    const told = this.#current && this.#options.hears()
    if (!told && performance.now() - this.#readAt > READ_AHEAD_MS) this.#forgetAhead()
    this.#serve()
    if (!looks || !this.#waiters.has(waiter)) return
    if (told) this.#planRepeat()
    else void this.#look()
  }

  /** What was read and not given out would be old news later. */
  #forgetAhead(): void {
    if (this.#ahead.size === 0) return
    this.#ahead.clear()
    this.#cursor = ''
    this.#current = false
  }

  /** Calls at the same time share a look. */
  #look(): Promise<void> {
    if (this.#waiters.size === 0) return Promise.resolve()
    if (this.#looking) this.#lookAgain = true
    else this.#looking = this.#lookUntilQuiet()
    return this.#looking
  }

  async #lookUntilQuiet(): Promise<void> {
    try {
      do {
        this.#lookAgain = false
        // Only what is told from before a look on is known after it.
        const hears = this.#options.hears()
        const sawEnd = await this.#readOn()
        this.#current = hears && sawEnd && !this.#lookAgain
      } while (this.#lookAgain && this.#waiters.size > 0)
      this.#planRepeat()
    } catch {
      // Redis cannot be reached: the hub, or the wait itself, has us look again.
    } finally {
      // In the same step as the last look at `#lookAgain`: nobody may rely on a look that is over.
      this.#looking = undefined
    }
  }

  /** Reads page after page until all who wait have something. Answers whether it saw the end. */
  async #readOn(): Promise<boolean> {
    const whole = this.#cursor === ''
    const present = new Set<string>()
    // Not what is given out while this reads: it may have come in behind the reading.
    const before = whole ? [...this.#inHand.ids(), ...this.#ahead.keys()] : []
    let after = this.#cursor
    while (this.#waiters.size > 0) {
      const { runner, coordinatorId } = this.#options
      const answer = await runner.run(
        'readInbox',
        [runner.keys.inbox(coordinatorId)],
        [PAGE, after],
      )
      const page = parseInboxAnswer(answer, (it) => this.#inHand.has(it))
      for (const it of page.entries) this.#ahead.set(it.signalId, it)
      for (const it of page.signalIds) present.add(it)
      if (page.last) after = page.last
      this.#cursor = after
      this.#readAt = performance.now()
      this.#serve()
      if (page.signalIds.length < PAGE) {
        for (const id of before) if (!present.has(id)) this.withdrawn(id)
        return true
      }
    }
    return false
  }

  /** Gives what was read to those who wait. */
  #serve(): void {
    if (this.#ahead.size === 0) return
    for (const waiter of [...this.#waiters]) {
      for (const entry of this.#ahead.values()) {
        if (!(waiter.types?.has(entry.signal.type) ?? true)) continue
        this.#ahead.delete(entry.signalId)
        this.#inHand.give(entry)
        this.#give(waiter, entry)
        break
      }
    }
  }

  #give(waiter: Waiter, entry: InboxEntry): void {
    this.#waiters.delete(waiter)
    waiter.give(entry.signal)
  }

  #repeatFor(waiter: Waiter, now: boolean): void {
    const entry = this.#inHand.repeat(this.#waiters.size, waiter.types, now)
    if (entry) this.#give(waiter, entry)
  }

  /** Gives out again what nobody works on, when its time comes. */
  #planRepeat(): void {
    clearTimeout(this.#repeatTimer)
    const waiting = this.#waiters.size
    const due = [...this.#waiters].flatMap((it) => this.#inHand.nextRepeat(waiting, it.types) ?? [])
    if (due.length === 0) return
    this.#repeatTimer = setTimeout(() => void this.#repeatDue(), Math.max(10, Math.min(...due)))
  }

  async #repeatDue(): Promise<void> {
    // It may have been withdrawn meanwhile.
    await this.lookAtAll()
    for (const waiter of [...this.#waiters]) this.#repeatFor(waiter, false)
    this.#planRepeat()
  }
}
