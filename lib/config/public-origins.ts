const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/**
 * The origins whose pages may talk to this server: exactly the address people open. On loopback
 * its three names are one place.
 */
export function publicOrigins(where: {
  host: string
  port: number
  publicUrl: string | undefined
}): ReadonlySet<string> {
  const origins = new Set<string>()
  if (where.publicUrl !== undefined) origins.add(new URL(where.publicUrl).origin)
  const host = where.host.includes(':') ? `[${where.host}]` : where.host
  const listening = LOOPBACK.includes(host) ? LOOPBACK : [host]
  // Behind a proxy with a name of its own, the inner address is nobody's.
  if (where.publicUrl === undefined) {
    for (const name of listening) origins.add(new URL(`http://${name}:${where.port}`).origin)
  }
  return origins
}
