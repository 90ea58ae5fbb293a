import { STRIP_SLOTS } from '@/lib/protocol/frames'

/** Beats that are kept of each coordinator. */
export const BEATS_KEPT = 120

interface Ring {
  readonly times: Float64Array
  /** How many there ever were. */
  count: number
}

/** The last beats of everybody, Redis' time, ms. Bounded by the number of coordinators. */
export class BeatRings {
  private readonly rings = new Map<string, Ring>()

  /** False when this beat is not newer than the one before. */
  add(id: string, at: number): boolean {
    let ring = this.rings.get(id)
    if (!ring) {
      ring = { times: new Float64Array(BEATS_KEPT), count: 0 }
      this.rings.set(id, ring)
    }
    if (ring.count > 0 && at <= (ring.times[(ring.count - 1) % BEATS_KEPT] ?? 0)) return false
    ring.times[ring.count % BEATS_KEPT] = at
    ring.count++
    return true
  }

  /** Oldest first. */
  of(id: string, most = BEATS_KEPT): number[] {
    const ring = this.rings.get(id)
    if (!ring) return []
    const length = Math.min(ring.count, most)
    return Array.from({ length }, (_, i) => ring.times[(ring.count - length + i) % BEATS_KEPT] ?? 0)
  }

  /** The gaps between the last beats, oldest first, in tenths of a second. */
  strip(id: string): number[] {
    const times = this.of(id, STRIP_SLOTS + 1)
    return times.slice(1).map((at, i) => Math.round((at - (times[i] ?? at)) / 100))
  }

  ids(): IterableIterator<string> {
    return this.rings.keys()
  }

  /** Forgets all that `lives` does not know. */
  keepOnly(lives: (id: string) => boolean): void {
    for (const id of this.rings.keys()) if (!lives(id)) this.rings.delete(id)
  }
}
