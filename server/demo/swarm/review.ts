import { crossingsOf, firstTour, improve, legsOf, lengthOf, placesOf, type Tour } from './tour'

export const PLACES = 36
/** More exchanges than any of these maps needs. */
const ENOUGH = 10_000

/** What one implementer delivered. */
export interface Delivery {
  readonly by: string
  readonly task: string
  readonly tour: Tour
}

export interface Opinion {
  readonly confidence: number
  readonly issues: string[]
  readonly recommendations: string[]
}

/** The point of view of a validator; each judges by its own. */
export const LENSES = ['length', 'crossings', 'legs'] as const
export type Lens = (typeof LENSES)[number]

const clamp = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000

/** A tour that no exchange of this kind improves any more, to measure others by. */
function reference(task: string): number[] {
  return improve(placesOf(task, PLACES), firstTour(task, PLACES), ENOUGH)
}

/** How near a tour comes to the best that the method can do; 1 is all of the way. */
export function ownConfidence(task: string, tour: Tour): number {
  const places = placesOf(task, PLACES)
  const start = lengthOf(places, firstTour(task, PLACES))
  const best = lengthOf(places, reference(task))
  return clamp(1 - (lengthOf(places, tour) - best) / (start - best))
}

/** Looks at everything that was delivered, from one point of view. */
export function review(lens: Lens, deliveries: readonly Delivery[]): Opinion {
  const issues: string[] = []
  const recommendations: string[] = []
  const scores = deliveries.map(({ by, task, tour }) => {
    const places = placesOf(task, PLACES)
    switch (lens) {
      case 'length': {
        const ratio = lengthOf(places, reference(task)) / lengthOf(places, tour)
        if (ratio < 0.9) {
          issues.push(
            `The tour of ${by} is ${Math.round((1 / ratio - 1) * 100)} % longer than it has to be`,
          )
          recommendations.push(`Give ${by} more exchanges`)
        }
        return ratio
      }
      case 'crossings': {
        const crossings = crossingsOf(places, tour)
        if (crossings > 1) {
          issues.push(`The tour of ${by} crosses itself ${crossings} times`)
          recommendations.push('Untangle crossing legs first')
        }
        return 1 - crossings / PLACES
      }
      case 'legs': {
        const [longest = 0] = legsOf(places, tour)
        const [usual = 0] = legsOf(places, reference(task))
        if (longest > usual * 1.25) {
          issues.push(`A leg of the tour of ${by} spans ${Math.round(longest * 100)} % of the map`)
          recommendations.push(`Give ${by} more exchanges`)
        }
        return Math.min(1, usual / longest)
      }
      default:
        return unknownLens(lens)
    }
  })
  const sum = scores.reduce((all, it) => all + it, 0)
  return {
    confidence: clamp(scores.length === 0 ? 0 : sum / scores.length),
    issues,
    recommendations: [...new Set(recommendations)],
  }
}

function unknownLens(lens: never): never {
  throw new Error(`no such lens: ${String(lens)}`)
}
