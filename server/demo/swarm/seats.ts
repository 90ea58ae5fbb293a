import { z } from 'zod'
import { coordinatorIdSchema } from '@/lib/protocol/ids'
import { LENSES } from './review'

/** Who works under a lead, by the ids that they have now: a replacement takes its place in here. */
export const crewSchema = z.object({
  implementers: z.array(coordinatorIdSchema).min(2),
  validators: z.array(coordinatorIdSchema).min(2).max(4),
  /** Who has the last word; undefined where that is the lead. */
  owner: coordinatorIdSchema.optional(),
})
export type Crew = z.infer<typeof crewSchema>

/**
 * A place in a swarm. It is kept as a work item of whoever holds it, so that a replacement, which
 * knows nothing but its name, finds what it is.
 */
export const seatSchema = z.discriminatedUnion('role', [
  z.object({ role: z.literal('lead'), name: coordinatorIdSchema, crew: crewSchema }),
  z.object({ role: z.literal('implementer'), name: coordinatorIdSchema }),
  z.object({ role: z.literal('validator'), name: coordinatorIdSchema, lens: z.enum(LENSES) }),
  z.object({ role: z.literal('owner'), name: coordinatorIdSchema }),
])
export type Seat = z.infer<typeof seatSchema>
export type SeatOf<R extends Seat['role']> = Extract<Seat, { role: R }>

export interface SampleSwarm {
  readonly swarmId: string
  readonly seats: readonly Seat[]
}

function swarm(
  swarmId: string,
  implementers: number,
  validators: number,
  owner: boolean,
): SampleSwarm {
  const name = (role: string) => `${swarmId}-${role}`
  const names = (role: string, count: number) =>
    Array.from({ length: count }, (_, i) => name(`${role}-${i + 1}`))
  // Short names, so that a tile shows them whole; validators are called after what they look at.
  const crew: Crew = {
    implementers: names('impl', implementers),
    validators: LENSES.slice(0, validators).map(name),
    ...(owner ? { owner: name('owner') } : {}),
  }
  return {
    swarmId,
    seats: [
      { role: 'lead', name: name('lead'), crew },
      ...crew.implementers.map((it): Seat => ({ role: 'implementer', name: it })),
      ...crew.validators.map(
        (it, i): Seat => ({
          role: 'validator',
          name: it,
          lens: LENSES[i % LENSES.length] ?? 'length',
        }),
      ),
      ...(crew.owner ? [{ role: 'owner', name: crew.owner } as const] : []),
    ],
  }
}

/** Nine processes and five, each finding short tours through places on a map. */
export const SAMPLE_SWARMS: readonly SampleSwarm[] = [
  swarm('atlas', 4, 3, true),
  swarm('delta', 2, 2, false),
]
