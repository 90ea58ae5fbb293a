import { z } from 'zod'
import type { JobOf } from './jobs'
import type { Member } from './member'
import { ownConfidence, PLACES } from './review'
import type { SeatOf } from './seats'
import { exchangesIn, firstTour, improve, isTour, placesOf } from './tour'
import { vote } from './vote'
import { type Bench, work } from './worker'

const TOUR = 'tour'
const STEPS = 6
const STEP_MS = 900

const keptTourSchema = z.object({ task: z.string(), tour: z.array(z.number().int()) })

/** Loop 3: makes its tour shorter, says how sure it is of it, and delivers. */
export function implement(member: Member, seat: SeatOf<'implementer'>): Promise<void> {
  return work(member, async (job, lead, bench) => {
    if (job.kind === 'implement') await carryOut(member, seat, job, lead, bench)
  })
}

async function carryOut(
  member: Member,
  seat: SeatOf<'implementer'>,
  job: JobOf<'implement'>,
  lead: string,
  bench: Bench,
): Promise<void> {
  const { manager, signals } = member
  await manager.recordActivity('loop-3-implementation', job.iteration)
  const task = `${job.runId} ${seat.name}`
  const places = placesOf(task, PLACES)
  let tour = await keptTour(member, task)
  const exchanges = exchangesIn(task, job.iteration)
  for (let step = 0; step < STEPS; step++) {
    await bench.step(STEP_MS)
    if (bench.isStale()) return
    tour = improve(places, tour, Math.ceil(exchanges / STEPS))
    await manager.storeWorkItem(TOUR, { task, tour })
  }
  const delivery = {
    kind: 'delivery',
    runId: job.runId,
    iteration: job.iteration,
    by: seat.name,
    task,
    tour,
  }
  await signals.sendSignal(member.id, lead, 'completion', job.iteration, delivery)
  const confidence = ownConfidence(task, tour)
  const counts = await vote(member, job.round, { confidence, issues: [], recommendations: [] })
  if (counts) member.say('delivered', { iteration: job.iteration, confidence })
}

/** As far as this task was brought, by this process or by the one whose place it took. */
async function keptTour(member: Member, task: string): Promise<number[]> {
  const item = (await member.manager.listWork()).find((it) => it.workId === TOUR)
  const kept = keptTourSchema.safeParse(item?.data)
  const fits = kept.success && kept.data.task === task && isTour(kept.data.tour, PLACES)
  return fits ? kept.data.tour : firstTour(task, PLACES)
}
