import type { ReactNode } from 'react'
import type { ConnectPlace } from '@/components/grid/connect-lines'
import { GridRoom } from '@/components/grid/grid-room'
import type { RedisAddress } from '@/lib/config/redis-address'
import { getRuntime } from '@/lib/runtime/runtime'

/** Passwords stay on the server. */
function placeOf(redis: RedisAddress): ConnectPlace {
  if (!('sentinels' in redis)) return { host: redis.host, port: redis.port }
  const { hosts, name } = redis.sentinels
  return { sentinels: hosts, name }
}

/** The board stays as it is while drawers open and close beside it: it belongs to both addresses. */
export default function GridLayout({ children }: { children: ReactNode }) {
  const { redis, namespace, coordinatorEnv } = getRuntime().config
  return (
    <>
      <GridRoom
        redis={placeOf(redis)}
        hasPassword={redis.password !== undefined}
        namespace={namespace}
        envFile={coordinatorEnv}
      />
      {children}
    </>
  )
}
