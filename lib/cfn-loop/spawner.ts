import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { hostname } from 'node:os'
import { SEQUENCE_START } from '../protocol/ids'
import type { SpawnRequest } from '../protocol/spawn'
import { namespaceKeys } from '../redis/keys'
import { isCluster, type RedisLike } from '../redis/redis-like'
import { createScriptRunner } from '../redis/run-script'
import { readSpawnRequests } from '../redis/stores/spawn-store'
import { createDebugLog } from './debug-log'
import { randomId } from './random-id'
import { guardScripts, redisBreakerOf } from './redis-breaker'
import { hashClaim } from './send-registration'

/** What a spawner is asked to start: a process that registers as `coordinatorId`. */
export interface StartRequest extends SpawnRequest {
  /** Shows, once, that a process was asked for. A process with its own access to Redis may do without. */
  readonly claim: string
}

/** A process that runs. */
export interface StartedProcess {
  readonly pid?: number | undefined
  /** Resolves when it ends, with what to say of it. Before its first beat that means that the replacement failed. */
  readonly ended?: Promise<string>
}

export interface SpawnerOptions {
  readonly redisClient: RedisLike
  readonly namespace?: string
  /** Names it in the log. Default: random. */
  readonly spawnerId?: string
  /** Starts a real process. What it throws is why the replacement failed. */
  readonly start: (request: StartRequest) => Promise<StartedProcess>
  /** Which requests are this spawner's; the others are left to others. Default: all. */
  readonly accepts?: (request: SpawnRequest) => boolean
  readonly debug?: boolean
}

export interface SpawnerEvents {
  claimed: [StartRequest]
  running: [StartRequest, StartedProcess]
  /** It could not be started, or ended before it beat. */
  failed: [StartRequest, string]
  /** Redis cannot be reached, or a request cannot be read. It goes on by itself. */
  problem: [unknown]
}

const BLOCK_MS = 5000
const RETRY_MS = 500

/**
 * Starts a process for every replacement that is asked for. Any number of spawners may stand side by side:
 * each request is one spawner's. Waits on a connection of its own, so that it hears of a request at once.
 */
export class Spawner extends EventEmitter<SpawnerEvents> {
  readonly spawnerId: string
  readonly #options: SpawnerOptions
  readonly #keys
  readonly #runner
  readonly #debug
  #waiting: RedisLike | undefined
  #running: Promise<void> | undefined
  #stopped = false
  #wake: (() => void) | undefined

  constructor(options: SpawnerOptions) {
    super()
    this.#options = options
    this.spawnerId = options.spawnerId ?? randomId(12)
    this.#keys = namespaceKeys(options.namespace)
    this.#runner = guardScripts(
      createScriptRunner(options.redisClient, this.#keys, `spawner:${this.spawnerId}`),
      redisBreakerOf(options.redisClient),
    )
    this.#debug = createDebugLog(options.debug ?? false, `spawner ${this.spawnerId}`)
  }

  /** Begins to look for requests; those that nobody took up yet come first. Idempotent. */
  start(): void {
    if (this.#stopped) return
    this.#running ??= this.#run()
  }

  /** Takes up no more requests, and closes its connection. What it started goes on. Idempotent. */
  async stop(): Promise<void> {
    this.#stopped = true
    this.#waiting?.disconnect()
    this.#wake?.()
    await this.#running
  }

  async #run(): Promise<void> {
    let cursor = SEQUENCE_START
    while (!this.#stopped) {
      try {
        this.#waiting ??= openWaitingConnection(this.#options.redisClient)
        const page = await readSpawnRequests(this.#waiting, this.#keys, cursor, BLOCK_MS)
        for (const problem of page.problems) this.#tellProblem(problem)
        for (const request of page.requests) {
          if (this.#stopped) return
          if (this.#options.accepts?.(request) ?? true) await this.#take(request)
        }
        cursor = page.last ?? cursor
      } catch (error) {
        this.#waiting?.disconnect()
        this.#waiting = undefined
        if (this.#stopped) return
        this.#tellProblem(error)
        // All that is not settled is read again: some of it may have been lost on the way.
        cursor = SEQUENCE_START
        await this.#pause(RETRY_MS)
      }
    }
  }

  async #take(request: SpawnRequest): Promise<void> {
    const claim = randomBytes(32).toString('base64url')
    const key = this.#keys.coordinator(request.coordinatorId)
    const answer = await this.#runner.run(
      'claimSpawn',
      [key, this.#keys.events, this.#keys.spawn],
      [request.coordinatorId, this.spawnerId, hashClaim(claim), request.requestId],
    )
    if (answer[0] !== 'OK') return
    const asked = { ...request, claim }
    this.#debug('took up a request', { coordinatorId: request.coordinatorId })
    this.emit('claimed', asked)
    // Not awaited: a slow start must not hold up the others.
    void this.#startOne(asked)
  }

  async #startOne(request: StartRequest): Promise<void> {
    let started: StartedProcess
    try {
      started = await this.#options.start(request)
    } catch (error) {
      await this.#failed(request, error instanceof Error ? error.message : String(error))
      return
    }
    started.ended?.then(
      (how) => this.#failed(request, how),
      (error: unknown) => this.#failed(request, String(error)),
    )
    await this.#report(request, 'running', '', started.pid)
    this.emit('running', request, started)
  }

  /** Where it has beaten already, its end is no failure to start: the script knows. */
  async #failed(request: StartRequest, reason: string): Promise<void> {
    const settled = await this.#report(request, 'failed', reason.slice(0, 500), undefined)
    if (!settled) this.emit('failed', request, reason)
  }

  /** @returns whether it was settled before */
  async #report(
    request: StartRequest,
    state: 'running' | 'failed',
    reason: string,
    pid: number | undefined,
  ): Promise<boolean> {
    // Without this word the request's deadline says the same, only later.
    for (let attempt = 1; attempt <= 5; attempt++) {
      try {
        const answer = await this.#runner.run(
          'reportSpawn',
          [
            this.#keys.coordinator(request.coordinatorId),
            this.#keys.events,
            this.#keys.spawn,
            this.#keys.deadlines,
            this.#keys.beats,
          ],
          [request.coordinatorId, this.spawnerId, state, reason, pid ?? '', hostname()],
        )
        return answer[0] !== 'OK'
      } catch (error) {
        this.#tellProblem(error)
        if (this.#stopped) break
        await this.#pause(RETRY_MS * attempt)
      }
    }
    return false
  }

  #tellProblem(problem: unknown): void {
    this.#debug('a problem', { problem })
    this.emit('problem', problem)
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/** It blocks, so it is nobody else's. A link that says nothing for longer than it may block is dead. */
function openWaitingConnection(redis: RedisLike): RedisLike {
  const options = {
    commandTimeout: BLOCK_MS + 5000,
    maxRetriesPerRequest: 1,
    autoResendUnfulfilledCommands: false,
    // Its first command comes before the connection does, whatever the client it is made from does then.
    enableOfflineQueue: true,
    retryStrategy: () => null,
  }
  const connection: RedisLike = isCluster(redis)
    ? redis.duplicate([], {
        redisOptions: options,
        enableOfflineQueue: true,
        clusterRetryStrategy: () => null,
      })
    : redis.duplicate({ ...options, lazyConnect: false, connectionName: 'signalbox-spawner' })
  // Its commands say what went wrong; an error without a listener would throw.
  connection.on('error', () => {})
  return connection
}
