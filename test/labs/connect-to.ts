import { Cluster, Redis } from 'ioredis'
import type { RedisLike } from '@/lib/redis/redis-like'

const host = '127.0.0.1'

/** How another process reaches the Redis of a test: one server, a Cluster, or a primary by its sentinels. */
export type Address =
  | { readonly port: number }
  | { readonly ports: readonly number[] }
  | { readonly sentinels: readonly { host: string; port: number }[]; readonly name: string }

/** @param address JSON, from the command line; whoever connects also closes */
export function connectTo(address: string): RedisLike {
  const to = JSON.parse(address) as Address
  if ('port' in to) return new Redis({ host, port: to.port })
  if ('ports' in to) return new Cluster(to.ports.map((port) => ({ host, port })))
  return new Redis({ sentinels: [...to.sentinels], name: to.name })
}
