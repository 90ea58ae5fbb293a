import type { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { AuthService } from '../auth/auth-service'
import type { CommandService } from '../commands/command-service'
import type { ServerConfig } from '../config/server-config'
import type { StatusFrame } from '../protocol/frames'
import type { NamespaceKeys } from '../redis/keys'
import type { View } from '../view/view'
import type { History } from './history'

/** The board as this server knows it. */
export interface Board {
  view(): View
  /** Redis' time as far as this server can tell, ms. */
  serverNow(): number
  status(): StatusFrame
  /** The last beat that this server read of a coordinator, Redis' time, ms. */
  lastBeat(coordinatorId: string): number | undefined
}

/** What Prometheus gets. */
export interface Metrics {
  readonly contentType: string
  text(): Promise<string>
}

/** Where the process and Next's pages and routes meet: they are bundled apart, and share nothing else. */
export interface Runtime {
  readonly config: ServerConfig
  /** Whether people reach this server over TLS. */
  readonly secure: boolean
  /** The address people open. */
  readonly url: string
  /** Whose pages may change state here. */
  readonly origins: ReadonlySet<string>
  readonly redis: Redis
  readonly keys: NamespaceKeys
  readonly board: Board
  readonly history: History
  readonly auth: AuthService
  readonly commands: CommandService
  readonly metrics: Metrics
  readonly log: Logger
}

const place = Symbol.for('signalbox.runtime')

export function setRuntime(runtime: Runtime | undefined): void {
  Reflect.set(globalThis, place, runtime)
}

/** @throws when no server runs in this process, as in a build */
export function getRuntime(): Runtime {
  const runtime: Runtime | undefined = Reflect.get(globalThis, place)
  if (!runtime) {
    throw new Error(
      'No Signalbox server runs in this process: start it with `npm run dev` or `npm start`.',
    )
  }
  return runtime
}
