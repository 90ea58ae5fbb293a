import type { AnySignalType } from '../protocol/signal'
import type { InboxEntry } from './inbox-entry'
import { Recently } from './recently'

interface InHand {
  readonly entry: InboxEntry
  readonly givenAt: number
  /** How often it was given out again. */
  readonly repeats: number
}

const FIRST_REPEAT_MS = 250
const LAST_REPEAT_MS = 30_000
/** So many signals that this process acknowledged are remembered for so long, ms: a hint of one may come late. */
const REMEMBERED = { most: 10_000, forMs: 60_000 }

/**
 * The signals that a process was given and has not acknowledged.
 *
 * One is given again where more are in hand than somebody can be working on: more than have ever
 * waited at the same time. So a loop that failed meets its signal again, soon and then ever later, and
 * loops side by side don't take each other's.
 */
export class SignalsInHand {
  /** The one given out longest ago first. */
  readonly #given = new Map<string, InHand>()
  /** Being acknowledged. */
  readonly #answering = new Set<string>()
  readonly #answered = new Recently<true>(REMEMBERED)
  #atWork = 1

  get size(): number {
    return this.#given.size
  }

  /** So many wait at the same time, and may be at work later. */
  noteWaiting(count: number): void {
    this.#atWork = Math.max(this.#atWork, count)
  }

  give(entry: InboxEntry, repeats = 0): void {
    this.#given.delete(entry.signalId)
    this.#given.set(entry.signalId, { entry, givenAt: performance.now(), repeats })
  }

  has(signalId: string): boolean {
    return this.#given.has(signalId) || this.#answering.has(signalId)
  }

  wasAnswered(signalId: string): boolean {
    return this.#answered.has(signalId)
  }

  ids(): string[] {
    return [...this.#given.keys()]
  }

  targetOf(signalId: string): string | undefined {
    return this.#given.get(signalId)?.entry.target
  }

  /** It is pending no more. */
  drop(signalId: string): void {
    this.#given.delete(signalId)
  }

  clear(): void {
    this.#given.clear()
    this.#answered.forgetAll()
  }

  /** A signal is being acknowledged: it is not given out meanwhile. Answers how to say what came of it. */
  answering(signalId: string): (answered: boolean) => void {
    this.#answering.add(signalId)
    return (answered) => {
      this.#answering.delete(signalId)
      if (!answered) return
      this.#given.delete(signalId)
      this.#answered.note(signalId, true)
    }
  }

  /**
   * Gives out again one that nobody can be working on while `waiting` wait, if its time has come.
   * `now`: the time of a first repeat has always come.
   */
  repeat(
    waiting: number,
    types: ReadonlySet<AnySignalType> | undefined,
    now: boolean,
  ): InboxEntry | undefined {
    const due = this.#repeatable(waiting, types).find(
      (it) => repeatAt(it) <= performance.now() || (now && it.repeats === 0),
    )
    if (!due) return undefined
    this.give(due.entry, due.repeats + 1)
    return due.entry
  }

  /** In how many ms the next repeat is due; undefined where none is. */
  nextRepeat(waiting: number, types: ReadonlySet<AnySignalType> | undefined): number | undefined {
    const repeatable = this.#repeatable(waiting, types)
    if (repeatable.length === 0) return undefined
    return Math.max(0, Math.min(...repeatable.map(repeatAt)) - performance.now())
  }

  #repeatable(waiting: number, types: ReadonlySet<AnySignalType> | undefined): InHand[] {
    // The common case first: whoever waits has nothing in hand.
    if (this.#given.size + waiting <= this.#atWork) return []
    const idle = [...this.#given.values()].filter((it) => !this.#answering.has(it.entry.signalId))
    if (idle.length + waiting <= this.#atWork) return []
    return idle.filter((it) => types?.has(it.entry.signal.type) ?? true)
  }
}

function repeatAt(it: InHand): number {
  return it.givenAt + Math.min(FIRST_REPEAT_MS * 2 ** it.repeats, LAST_REPEAT_MS)
}
