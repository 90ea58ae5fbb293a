import { createHash } from 'node:crypto'

/** The sample swarms do a real little job: short round trips through places on a map. */
export interface Place {
  readonly x: number
  readonly y: number
}

/** The order in which places are visited; every index once. */
export type Tour = readonly number[]

/** Numbers in 0..1 that are the same wherever they are drawn from the same seed (mulberry32). */
export function seededNumbers(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The map of one task: whoever knows its name draws the same one. */
export function placesOf(task: string, count: number): Place[] {
  const next = seededNumbers(`places ${task}`)
  return Array.from({ length: count }, () => ({ x: next(), y: next() }))
}

/** A first tour: to places in an order that nobody thought about. */
export function firstTour(task: string, count: number): number[] {
  const next = seededNumbers(`tour ${task}`)
  const tour = Array.from({ length: count }, (_, i) => i)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    const a = tour[i] ?? 0
    tour[i] = tour[j] ?? 0
    tour[j] = a
  }
  return tour
}

export function isTour(tour: Tour, count: number): boolean {
  return (
    tour.length === count &&
    new Set(tour).size === count &&
    tour.every((it) => it >= 0 && it < count)
  )
}

const at = (places: readonly Place[], tour: Tour, i: number): Place =>
  places[tour[i % tour.length] ?? 0] ?? { x: 0, y: 0 }
const distance = (a: Place, b: Place) => Math.hypot(a.x - b.x, a.y - b.y)

export function lengthOf(places: readonly Place[], tour: Tour): number {
  return tour.reduce((sum, _, i) => sum + distance(at(places, tour, i), at(places, tour, i + 1)), 0)
}

/** Legs from the longest on. */
export function legsOf(places: readonly Place[], tour: Tour): number[] {
  return tour
    .map((_, i) => distance(at(places, tour, i), at(places, tour, i + 1)))
    .sort((a, b) => b - a)
}

/** Pairs of legs that cross: a short tour has none. */
export function crossingsOf(places: readonly Place[], tour: Tour): number {
  const side = (a: Place, b: Place, c: Place) =>
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
  let crossings = 0
  for (let i = 0; i < tour.length; i++) {
    for (let j = i + 2; j < tour.length; j++) {
      if (i === 0 && j === tour.length - 1) continue
      const [a, b] = [at(places, tour, i), at(places, tour, i + 1)]
      const [c, d] = [at(places, tour, j), at(places, tour, j + 1)]
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) crossings++
    }
  }
  return crossings
}

/** Turns stretches around wherever that makes the tour shorter (2-opt), at most `exchanges` times. */
export function improve(places: readonly Place[], tour: Tour, exchanges: number): number[] {
  const best = [...tour]
  const n = best.length
  let left = exchanges
  let better = true
  while (better && left > 0) {
    better = false
    for (let i = 0; i < n - 1 && left > 0; i++) {
      for (let j = i + 1; j < n && left > 0; j++) {
        const before = at(places, best, i + n - 1)
        const after = at(places, best, j + 1)
        const [first, last] = [at(places, best, i), at(places, best, j)]
        const gain =
          distance(before, first) +
          distance(last, after) -
          distance(before, last) -
          distance(first, after)
        if (gain < 1e-9 || (i === 0 && j === n - 1)) continue
        best.splice(i, j - i + 1, ...best.slice(i, j + 1).reverse())
        left--
        better = true
      }
    }
  }
  return best
}

/** How much an implementer gets done in one iteration: much at first, then polish; never quite the same. */
export function exchangesIn(task: string, iteration: number): number {
  const mood = seededNumbers(`${task} iteration ${iteration}`)()
  return Math.round(iteration <= 1 ? 40 + 20 * mood : 7 + 9 * mood)
}
