import type { Member } from './member'
import { type Delivery, PLACES, review } from './review'
import type { SeatOf } from './seats'
import { isTour } from './tour'
import { vote } from './vote'
import { work } from './worker'

const STEPS = 3
const STEP_MS = 800

/** Loop 2: looks at what was delivered from one point of view, and votes. */
export function validate(member: Member, seat: SeatOf<'validator'>): Promise<void> {
  return work(member, async (job, _lead, bench) => {
    if (job.kind !== 'review') return
    await member.manager.recordActivity('loop-2-validation', job.iteration)
    for (let step = 0; step < STEPS; step++) {
      await bench.step(STEP_MS)
      if (bench.isStale()) return
    }
    const deliveries: Delivery[] = job.deliveries.filter((it) => isTour(it.tour, PLACES))
    const opinion = review(seat.lens, deliveries)
    const counts = await vote(member, job.round, opinion)
    if (counts) member.say('voted', { iteration: job.iteration, confidence: opinion.confidence })
  })
}
