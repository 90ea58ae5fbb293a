import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { NamespaceKeys } from '@/lib/redis/keys'
import { createEventLog } from '@/lib/redis/stores/event-log'
import { createHistoryStore } from '@/lib/redis/stores/history-store'
import { BoardKeeper, type KeeperPace, type KeptProjection } from './board-keeper'

/** Stores the boards of one server's projection from here on. */
export function startKeeper(parts: {
  redis: Redis
  keys: NamespaceKeys
  projection: KeptProjection
  log: Logger
  pace?: KeeperPace
}): BoardKeeper {
  const { redis, keys, projection, log, pace } = parts
  return new BoardKeeper({
    projection,
    store: createHistoryStore(redis, keys),
    log: createEventLog(redis, keys),
    logger: log,
    ...(pace ? { pace } : {}),
  })
}
