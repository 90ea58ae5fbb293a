import { Redis } from 'ioredis'
import { createClient } from '@/lib/redis/create-client'

/** Where Redis is, as a child process is told. */
export type Place =
  | { readonly host: string; readonly port: number }
  | { readonly name: string; readonly sentinels: readonly { host: string; port: number }[] }

/** Connects as a program of a user does. */
export async function connectTo(place: Place): Promise<Redis> {
  if (!('sentinels' in place)) {
    const client = createClient({ socket: { host: place.host, port: place.port } })
    await client.connect()
    return client
  }
  const client = new Redis({
    name: place.name,
    sentinels: [...place.sentinels],
    lazyConnect: true,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** Of all processes of a fault. */
export const SECRET = 'a secret of the faults, longer than 32 bytes'
