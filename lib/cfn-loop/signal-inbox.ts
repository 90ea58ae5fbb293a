import { type AnySignalType, type Signal, signalSchema } from '../protocol/signal'
import { parseJsonText } from '../redis/records/parse-json-text'
import type { ScriptRunner } from '../redis/run-script'
import type { ShownWaits } from './shown-waits'
import { wait } from './wait'

export interface SignalWaitRequest {
  readonly timeoutMs: number
  /** Only signals of these types; all where not given. */
  readonly types?: readonly AnySignalType[] | undefined
  readonly signal?: AbortSignal | undefined
}

export interface InboxEntry {
  readonly entryId: string
  /** Who it was sent to: another, where this coordinator replaces it. */
  readonly target: string
  readonly signal: Signal
}

interface Waiter {
  readonly types: ReadonlySet<AnySignalType> | undefined
  readonly give: (signal: Signal) => void
  readonly fail: (error: unknown) => void
  readonly finish: () => void
}

interface InHand {
  readonly entry: InboxEntry
  /** When it was last given out, and how often again. */
  givenAt: number
  repeats: number
}

/** Entries that were read together with others are given out without another look for so long, ms. */
const READ_AHEAD_MS = 20
/** Read at once, beside what is in hand. */
const PAGE = 32
const FIRST_REPEAT_MS = 250
const LAST_REPEAT_MS = 30_000
/** Signals that this process acknowledged and remembers: a hint of one may come late. */
const REMEMBERED = 10_000

/**
 * The inbox of one coordinator, as its process sees it.
 *
 * What was never given out comes first, in the order of the inbox. What was given out and not
 * acknowledged stays in hand; it is given out again where nothing new is there and more is in hand
 * than are at work: as many as have waited at the same time. So a loop that failed meets its signal
 * again (soon, then ever later), and loops side by side don't take each other's.
 * After a crash the next process has nothing in hand, and is given all.
 */
export class SignalInbox {
  readonly #runner: ScriptRunner
  readonly #coordinatorId: string
  readonly #shown: ShownWaits
  readonly #waiters = new Set<Waiter>()
  /** By signal id, the one given out longest ago first. */
  readonly #inHand = new Map<string, InHand>()
  /** Being acknowledged. */
  readonly #answering = new Set<string>()
  readonly #answered = new Set<string>()
  #ahead: InboxEntry[] = []
  #readAt = 0
  #atWork = 1
  #looking: Promise<void> | undefined
  #lookAgain = false
  #repeatTimer: NodeJS.Timeout | undefined

  constructor(runner: ScriptRunner, coordinatorId: string, shown: ShownWaits) {
    this.#runner = runner
    this.#coordinatorId = coordinatorId
    this.#shown = shown
  }

  /** The next signal, or null at the timeout. */
  wait({ timeoutMs, types, signal }: SignalWaitRequest): Promise<Signal | null> {
    let waiter: Waiter | undefined
    return wait<Signal | null>({
      timeoutMs,
      signal,
      shown: this.#shown.of({ kind: 'signal', on: () => [] }),
      start: (resolve, reject) => {
        const it: Waiter = {
          types: types && new Set(types),
          give: resolve,
          fail: reject,
          finish: () => resolve(null),
        }
        waiter = it
        this.#waiters.add(it)
        this.#atWork = Math.max(this.#atWork, this.#waiters.size)
        this.#serve()
        if (timeoutMs > 0 && this.#waiters.has(it)) void this.look()
        return () => {
          this.#waiters.delete(it)
          if (this.#waiters.size === 0) this.#stopRepeatTimer()
        }
      },
      look: async () => {
        await this.look()
        // At the end of a wait, what would only come a little later comes now, once.
        if (waiter && this.#waiters.has(waiter)) this.#repeatFor(waiter, true)
      },
      atTimeout: () => null,
    })
  }

  /** Who a signal in hand was sent to. */
  targetOf(signalId: string): string | undefined {
    return this.#inHand.get(signalId)?.entry.target
  }

  /** A signal is being acknowledged: it is not given out meanwhile. Answers how to say what came of it. */
  answering(signalId: string): (answered: boolean) => void {
    this.#answering.add(signalId)
    return (answered) => {
      this.#answering.delete(signalId)
      if (!answered) return
      this.#inHand.delete(signalId)
      if (this.#answered.size >= REMEMBERED) this.#answered.clear()
      this.#answered.add(signalId)
    }
  }

  /** Forgets what was given out and acknowledged: whatever is still pending comes again. */
  clear(): void {
    this.#answered.clear()
    this.#inHand.clear()
    this.#ahead = []
  }

  /** A signal came in as the `pending`th of the inbox; `carried` where the hint carries it. */
  arrived(pending: number, target: string, carried: Signal | undefined): void {
    if (this.#waiters.size === 0) return
    const unseen = pending - this.#inHand.size - this.#ahead.length
    if (!carried || unseen > 1 + this.#answering.size) {
      // Something older may be there that no hint told of.
      void this.look()
      return
    }
    if (this.#isKnown(carried.signalId) || this.#answered.has(carried.signalId)) return
    this.#ahead.push({ entryId: '', target, signal: carried })
    this.#readAt = performance.now()
    this.#serve()
  }

  /** A pending signal was taken out of the inbox. */
  withdrawn(signalId: string): void {
    this.#inHand.delete(signalId)
    this.#ahead = this.#ahead.filter((it) => it.signal.signalId !== signalId)
  }

  /** Reads the inbox, if anybody waits; calls at the same time share a read. */
  look(): Promise<void> {
    if (this.#waiters.size === 0) return Promise.resolve()
    if (this.#looking) this.#lookAgain = true
    else this.#looking = this.#lookUntilQuiet()
    return this.#looking
  }

  fail(error: unknown): void {
    for (const it of [...this.#waiters]) it.fail(error)
  }

  finish(): void {
    for (const it of [...this.#waiters]) it.finish()
    this.#stopRepeatTimer()
  }

  async #lookUntilQuiet(): Promise<void> {
    try {
      do {
        this.#lookAgain = false
        await this.#readAll()
      } while (this.#lookAgain && this.#waiters.size > 0)
      this.#planRepeat()
    } catch {
      // Redis cannot be reached: the hub, or the wait itself, has us look again.
    } finally {
      // In the same step as the last look at `#lookAgain`: nobody may rely on a look that is over.
      this.#looking = undefined
    }
  }

  /** Reads page after page until all who wait have something, or the inbox ends. */
  async #readAll(): Promise<void> {
    const present = new Set<string>()
    // Not what is given out while this reads: it may have come in behind the reading.
    const before = [...this.#inHand.keys()]
    this.#ahead = []
    let after = ''
    while (this.#waiters.size > 0) {
      const count = PAGE + this.#inHand.size + this.#waiters.size
      const entries = await this.#read(count, after)
      for (const entry of entries.read) {
        present.add(entry.signal.signalId)
        if (!this.#isKnown(entry.signal.signalId)) this.#ahead.push(entry)
      }
      this.#readAt = performance.now()
      this.#serve()
      after = entries.last
      if (entries.count < count) {
        // The whole inbox was seen: what is not in it any more is in nobody's hand.
        for (const id of before) if (!present.has(id)) this.#inHand.delete(id)
        return
      }
    }
  }

  async #read(count: number, after: string) {
    const { keys } = this.#runner
    const answer = await this.#runner.run(
      'readInbox',
      [keys.inbox(this.#coordinatorId)],
      [count, after],
    )
    return parseInboxAnswer(answer, after)
  }

  #isKnown(signalId: string): boolean {
    return (
      this.#inHand.has(signalId) ||
      this.#answering.has(signalId) ||
      this.#ahead.some((it) => it.signal.signalId === signalId)
    )
  }

  /** Gives what was read ahead to those who wait. */
  #serve(): void {
    if (this.#ahead.length === 0) return
    if (performance.now() - this.#readAt > READ_AHEAD_MS) {
      this.#ahead = []
      return
    }
    for (const waiter of [...this.#waiters]) {
      const index = this.#ahead.findIndex(({ signal }) => waiter.types?.has(signal.type) ?? true)
      const [entry] = index < 0 ? [] : this.#ahead.splice(index, 1)
      if (entry) this.#give(waiter, { entry, givenAt: performance.now(), repeats: 0 })
    }
  }

  #give(waiter: Waiter, it: InHand): void {
    const { signal } = it.entry
    this.#inHand.delete(signal.signalId)
    this.#inHand.set(signal.signalId, it)
    this.#waiters.delete(waiter)
    waiter.give(signal)
  }

  /** Gives out again what nobody seems to work on any more. */
  #repeatFor(waiter: Waiter, now: boolean): void {
    if (this.#dropped() <= 0) return
    const it = this.#repeatable(waiter).find(
      (one) => repeatAt(one) <= performance.now() || (now && one.repeats === 0),
    )
    if (!it) return
    this.#give(waiter, { ...it, givenAt: performance.now(), repeats: it.repeats + 1 })
  }

  #repeatable({ types }: Waiter): InHand[] {
    return [...this.#inHand.values()].filter(({ entry: { signal } }) => {
      return !this.#answering.has(signal.signalId) && (types?.has(signal.type) ?? true)
    })
  }

  /** How many are in hand beyond those that somebody may be working on. */
  #dropped(): number {
    let inHand = 0
    for (const id of this.#inHand.keys()) if (!this.#answering.has(id)) inHand += 1
    return inHand + this.#waiters.size - this.#atWork
  }

  #planRepeat(): void {
    this.#stopRepeatTimer()
    if (this.#waiters.size === 0 || this.#dropped() <= 0) return
    const repeatable = [...this.#waiters].flatMap((it) => this.#repeatable(it))
    if (repeatable.length === 0) return
    const due = Math.min(...repeatable.map(repeatAt))
    this.#repeatTimer = setTimeout(
      () => {
        for (const waiter of [...this.#waiters]) this.#repeatFor(waiter, false)
        // Looking again also notices what was withdrawn meanwhile.
        if (this.#waiters.size > 0) void this.look()
      },
      Math.max(10, Math.ceil(due - performance.now())),
    )
  }

  #stopRepeatTimer(): void {
    clearTimeout(this.#repeatTimer)
  }
}

function repeatAt(it: InHand): number {
  return it.givenAt + Math.min(FIRST_REPEAT_MS * 2 ** it.repeats, LAST_REPEAT_MS)
}

/** Reads the answer of the script `read-inbox`. What is malformed is left out. */
export function parseInboxAnswer(answer: readonly string[], after = '') {
  const read: InboxEntry[] = []
  let last = after
  let count = 0
  for (let at = 1; at + 2 < answer.length; at += 3) {
    last = answer[at] ?? last
    count += 1
    const signal = signalSchema.safeParse(parseJsonText(answer[at + 2] ?? ''))
    if (signal.success) {
      read.push({ entryId: last, target: answer[at + 1] ?? '', signal: signal.data })
    }
  }
  return { read, last, count }
}
