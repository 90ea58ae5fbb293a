import { compareSequences, type Sequence } from '../protocol/sequence'
import { isLarge, withChanges } from './changed-map'

interface Sequenced {
  readonly seq: Sequence
}

/**
 * One map of a view while a batch of events is folded into it: a small one is copied at the first change,
 * of a large one only what is put, until something is removed.
 *
 * Every record carries the sequence of the last event that changed it. A snapshot is read while
 * the world goes on, so a record may already hold what the tail is about to tell again: whatever
 * is not newer than its record is ignored, here and nowhere else.
 */
export class DraftMap<V extends Sequenced> {
  /** The copy, where there is one. */
  private map: Map<string, V> | undefined
  /** What was put on a large one. */
  private changes: Map<string, V> | undefined
  /** How many are done; counted at the first need. */
  private doneCount: number | undefined

  constructor(
    private readonly base: ReadonlyMap<string, V>,
    private readonly isDone: (value: V) => boolean = () => false,
  ) {}

  get(id: string): V | undefined {
    return this.map ? this.map.get(id) : (this.changes?.get(id) ?? this.base.get(id))
  }

  values(): IterableIterator<V> {
    // Copied once, however often it is walked over while more is put.
    return (this.changes ? this.copy() : (this.map ?? this.base)).values()
  }

  /** Puts a record whole, unless the one that is there is as new. */
  put(id: string, value: V): boolean {
    const present = this.get(id)
    if (present && compareSequences(value.seq, present.seq) <= 0) return false
    this.write(id, present, value)
    return true
  }

  /** Changes a record that is there and older than `seq`. Unknown ones are left unknown. */
  change(id: string, seq: Sequence, next: (value: V) => V): boolean {
    const present = this.get(id)
    if (!present || compareSequences(seq, present.seq) <= 0) return false
    this.write(id, present, { ...next(present), seq })
    return true
  }

  /** Removes a record that is older than `seq`. */
  remove(id: string, seq: Sequence): void {
    const present = this.get(id)
    if (!present || compareSequences(seq, present.seq) <= 0) return
    this.drop(id)
  }

  /** Removes a record whatever its age: to keep the map bounded. */
  drop(id: string): void {
    const present = this.get(id)
    if (!present) return
    if (this.doneCount !== undefined) this.doneCount -= Number(this.isDone(present))
    this.copy().delete(id)
  }

  /** Of those that are done, keeps the last `count` in the map's order. */
  keepDone(count: number): void {
    if (this.countDone() <= count) return
    // A map may lose entries while it is walked; no new ones come here.
    for (const [id, value] of this.copy()) {
      if (this.countDone() <= count) return
      if (this.isDone(value)) this.drop(id)
    }
  }

  finish(): ReadonlyMap<string, V> {
    return this.map ?? (this.changes ? withChanges(this.base, this.changes) : this.base)
  }

  private write(id: string, present: V | undefined, value: V): void {
    if (this.doneCount !== undefined) {
      this.doneCount += Number(this.isDone(value)) - Number(present ? this.isDone(present) : false)
    }
    if (this.map || !isLarge(this.base)) this.copy().set(id, value)
    else {
      this.changes ??= new Map()
      this.changes.set(id, value)
    }
  }

  private copy(): Map<string, V> {
    this.map ??= new Map(this.finish())
    return this.map
  }

  private countDone(): number {
    if (this.doneCount === undefined) {
      this.doneCount = 0
      for (const value of this.values()) if (this.isDone(value)) this.doneCount++
    }
    return this.doneCount
  }
}
