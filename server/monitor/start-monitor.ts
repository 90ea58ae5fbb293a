import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { CoordinatorTimeoutHandler } from '@/lib/cfn-loop/coordinator-timeout-handler'

export interface MonitorParts {
  redis: Redis
  namespace?: string | undefined
  /** Between two looks, ms. */
  intervalMs: number
  log: Logger
}

/**
 * Looks at what ran out, together with any other monitor. It cleans up after the dead, and never
 * replaces them: that is the operator's to decide.
 */
export function startMonitor({
  redis,
  namespace,
  intervalMs,
  log,
}: MonitorParts): CoordinatorTimeoutHandler {
  const handler = new CoordinatorTimeoutHandler({
    redisClient: redis,
    checkInterval: intervalMs,
    autoCleanup: true,
    autoEscalate: false,
    ...(namespace === undefined ? {} : { namespace }),
  })
  handler.on('coordinator:timeout', ({ coordinatorId, reason, claimed }) => {
    if (claimed) log.warn({ coordinatorId, reason }, 'a coordinator died')
  })
  handler.startMonitoring()
  return handler
}
