import type { BoxEvent } from '@/lib/protocol/events'
import type { Sequence } from '@/lib/protocol/sequence'
import type { LiveStore } from '../live/live-store'
import { behind, pointOfEvent } from '../live/past-point'

/** Of more, the newer half stays, and what is older is read. */
const MOST = 2_000

export interface Tail {
  /** Oldest first, none missing. */
  readonly events: readonly BoxEvent[]
  /** All before this is to be read; undefined while there is no board. */
  readonly from: Sequence | undefined
  /** It is held, and more has come than is kept: it is not the end of the log any more. */
  readonly overflows: boolean
}

export const NO_TAIL: Tail = { events: [], from: undefined, overflows: false }

/** The live end of the log: every event from some moment on, for as long as somebody listens. */
export class LiveEvents {
  private tail = NO_TAIL
  private held = false
  private changed = () => {}

  constructor(private readonly storeOf: () => LiveStore) {}

  read = (): Tail => this.tail

  subscribe = (changed: () => void): (() => void) => {
    const store = this.storeOf()
    this.changed = changed
    this.begin()
    const stops = [
      store.onEvents((more) => this.take(more)),
      store.onAnew(() => {
        // What the page missed is read; of what is held, nothing is missing.
        if (this.held) this.become({ ...this.tail, overflows: true })
        else this.begin()
      }),
      store.subscribe(() => {
        if (this.tail.from === undefined && store.isLoaded()) this.begin()
      }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** While it is held, nothing that is there goes. */
  hold(held: boolean): void {
    this.held = held
    if (!held && this.tail.overflows) this.begin()
  }

  private begin(): void {
    const last = this.storeOf().getLastSeq()
    const from = last === undefined ? undefined : behind(pointOfEvent(last))
    this.become({ ...NO_TAIL, from })
  }

  private take(more: readonly BoxEvent[]): void {
    if (this.tail.from === undefined) this.begin()
    else if (!this.tail.overflows) this.become(longer(this.tail, more, this.held))
  }

  private become(tail: Tail): void {
    this.tail = tail
    this.changed()
  }
}

function longer(tail: Tail, more: readonly BoxEvent[], held: boolean): Tail {
  const events = [...tail.events, ...more]
  if (held || events.length <= MOST) return { ...tail, events, overflows: events.length > MOST }
  const newer = events.slice(-MOST / 2)
  return { ...tail, events: newer, from: newer[0]?.seq }
}
