import type { Redis } from 'ioredis'
import { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'
import type { Part } from '../../serve-parts'
import { connectTo, type Place } from '../harness/place'

export interface MonitorOptions {
  readonly place: Place
  readonly intervalMs: number
  readonly autoEscalate: boolean
}

/** What the listeners of one monitor heard. */
export interface MonitorReport {
  readonly deaths: readonly { id: string; claimed: boolean }[]
  readonly escalations: readonly { id: string; claimed: boolean }[]
  readonly failed: number
}

/** A process that looks for the dead. */
export function monitorPart(): Part {
  const deaths: { id: string; claimed: boolean }[] = []
  const escalations: { id: string; claimed: boolean }[] = []
  let failed = 0
  let redis: Redis
  let handler: CoordinatorTimeoutHandler | undefined
  return {
    prepare: async ({ place, intervalMs, autoEscalate }: MonitorOptions) => {
      redis = await connectTo(place)
      handler = new CoordinatorTimeoutHandler({
        redisClient: redis,
        checkInterval: intervalMs,
        autoEscalate,
      })
      handler.on('coordinator:timeout', ({ coordinatorId, claimed }) => {
        deaths.push({ id: coordinatorId, claimed })
      })
      handler.on('coordinator:escalated', ({ deadCoordinatorId, claimed }) => {
        escalations.push({ id: deadCoordinatorId, claimed })
      })
      handler.on('escalation:failed', () => {
        failed += 1
      })
      handler.startMonitoring()
    },
    report: (): MonitorReport => ({ deaths, escalations, failed }),
    close: () => {
      handler?.stopMonitoring()
      redis.disconnect()
    },
  }
}
