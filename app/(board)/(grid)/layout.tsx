import type { ReactNode } from 'react'
import { GridRoom } from '@/components/grid/grid-room'
import { getRuntime } from '@/lib/runtime/runtime'

/** The board stays as it is while drawers open and close beside it: it belongs to both addresses. */
export default function GridLayout({ children }: { children: ReactNode }) {
  const { redis, namespace, coordinatorEnv } = getRuntime().config
  return (
    <>
      <GridRoom
        redis={{ host: redis.host, port: redis.port }}
        hasPassword={redis.password !== undefined}
        namespace={namespace}
        envFile={coordinatorEnv}
      />
      {children}
    </>
  )
}
