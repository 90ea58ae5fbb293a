/** Where the control room finds Redis: at one address, or wherever Sentinels say. */
export type RedisAddress = RedisPlace & {
  readonly username: string | undefined
  readonly password: string | undefined
  readonly database: number
  readonly tls: boolean
}

export type RedisPlace = HostAndPort | { readonly sentinels: Sentinels }

export interface HostAndPort {
  readonly host: string
  readonly port: number
}

export interface Sentinels {
  readonly hosts: readonly HostAndPort[]
  /** What they call the primary that they name, and its replicas. */
  readonly name: string
  /** Their own. */
  readonly password: string | undefined
}

/** For people: `Redis at 127.0.0.1:6379`. */
export function describeRedis(place: RedisPlace): string {
  if (!('sentinels' in place)) return `Redis at ${placeText(place)}`
  const { name, hosts } = place.sentinels
  return `The Redis that the Sentinels at ${hosts.map(placeText).join(', ')} call ${name}`
}

/** `host:port`, as a URL has it. */
export function placeText({ host, port }: HostAndPort): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}
