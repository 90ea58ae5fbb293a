import { setTimeout as pause } from 'node:timers/promises'
import type { Signal } from '@/lib/protocol/signal'
import { type Job, type JobInHand, jobInHandSchema, jobSchema } from './jobs'
import { type Member, takeSignals } from './member'

const JOB = 'job'
const IDLE_WAIT_MS = 60_000

/** What a worker gives to whoever carries its job out. */
export interface Bench {
  /** A pause between two steps, in which signals are answered. */
  step(ms: number): Promise<void>
  /** True when another job came, or the process is to end: this one is nobody's any more. */
  isStale(): boolean
}

/**
 * The life of a member that is told what to do: waits for signals, keeps each job as a work item
 * before it acknowledges, and carries it out. What it inherits, it goes on with.
 */
export async function work(
  member: Member,
  carryOut: (job: Job, from: string, bench: Bench) => Promise<void>,
): Promise<void> {
  const { manager, stopping } = member
  let inHand: JobInHand | undefined

  const receive = async (signal: Signal): Promise<void> => {
    const job = jobSchema.safeParse(signal.payload)
    // An operator's signal, or another's: acknowledging is all that it asks for.
    if (!job.success) {
      member.say('was told', { type: signal.type, from: signal.source })
      return
    }
    inHand = { from: signal.source, job: job.data }
    await manager.storeWorkItem(JOB, inHand)
  }

  const inherited = (await manager.listWork()).find((item) => item.workId === JOB)
  if (inherited) inHand = jobInHandSchema.safeParse(inherited.data).data

  while (!stopping.aborted) {
    if (!inHand) await takeSignals(member, IDLE_WAIT_MS, receive)
    const current = inHand
    if (!current) continue
    await carryOut(current.job, current.from, {
      step: async (ms) => {
        await pause(ms, undefined, { signal: stopping }).catch(() => {})
        await takeSignals(member, 0, receive)
      },
      isStale: () => stopping.aborted || inHand !== current,
    })
    if (inHand === current) {
      inHand = undefined
      await manager.completeWorkItem(JOB)
    }
  }
}
