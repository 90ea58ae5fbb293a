import { type Callback, type Command, Redis } from 'ioredis'
import { redisPasswordFromEnvironment } from '../config/library-environment'
import { NotConnectedError, TimeoutError } from './errors'

/** Undefined is as good as left out, so that what the environment may lack can be handed on as it is. */
export interface CreateClientOptions {
  readonly socket?: {
    /** Default `localhost`. */
    readonly host?: string | undefined
    /** Default 6379. */
    readonly port?: number | undefined
    readonly tls?: boolean | undefined
    /** How long `connect()` may take, ms. Default 5000. */
    readonly connectTimeout?: number | undefined
  }
  readonly username?: string | undefined
  /** Default: `REDIS_PASSWORD` of the environment. */
  readonly password?: string | undefined
  /** Default 0. */
  readonly database?: number | undefined
}

/**
 * A `Redis` of ioredis that connects only when it is told to.
 *
 * Before the first `connect()` and after `quit()` its commands reject. A `connect()` that fails leaves
 * nothing behind, and can be called again; after one, any command connects first. Once connected it
 * comes back by itself when the connection is lost.
 */
export function createClient(options: CreateClientOptions = {}): RedisClient {
  return new RedisClient(options)
}

/** Where a client is in its life. */
type Phase = 'new' | 'connecting' | 'failed' | 'open' | 'closed'

const CONNECT_MS = 5000
const LONGEST_RETRY_MS = 2000

type Stream = Parameters<Redis['sendCommand']>[1]

export class RedisClient extends Redis {
  #phase: Phase = 'new'
  #connecting: Promise<void> | undefined
  readonly #connectMs: number

  constructor({ socket = {}, username, password, database = 0 }: CreateClientOptions) {
    const connectMs = socket.connectTimeout ?? CONNECT_MS
    const secret = password ?? redisPasswordFromEnvironment()
    super({
      host: socket.host ?? 'localhost',
      port: socket.port ?? 6379,
      ...(socket.tls ? { tls: {} } : {}),
      ...(username === undefined ? {} : { username }),
      ...(secret === undefined ? {} : { password: secret }),
      db: database,
      lazyConnect: true,
      connectTimeout: connectMs,
      // A timer of ioredis' that closing leaves behind: it must not hold the process.
      disconnectTimeout: 100,
      // A script must not run twice because its answer was lost.
      autoResendUnfulfilledCommands: false,
    })
    this.#connectMs = connectMs
    this.options.retryStrategy = (times) =>
      this.#phase === 'open' ? Math.min(50 * 2 ** Math.min(times, 10), LONGEST_RETRY_MS) : null
    // With that setting ioredis forgets them, and their callers would wait for ever.
    this.on('close', () => {
      for (let it = this.commandQueue.shift(); it; it = this.commandQueue.shift()) {
        it.command.reject(new Error('Redis connection lost before the answer came'))
      }
    })
    // Whoever calls learns of an error from the call; without a listener ioredis would print it.
    this.on('error', () => {})
  }

  /** True from the connection on, through losses of it, until `quit()`. */
  get isOpen(): boolean {
    return this.#phase === 'open'
  }

  /**
   * Resolves once Redis answers; at once where it does already.
   *
   * @throws Error 'Redis connection failed', with what happened as its cause
   */
  override connect(callback?: Callback<void>): Promise<void> {
    const promise = this.#connect()
    if (callback) {
      promise.then(
        () => callback(null),
        (error: Error) => callback(error),
      )
    }
    return promise
  }

  /**
   * Ends the connection after what was asked for is answered. Where it is lost, at once.
   *
   * @throws NotConnectedError where there is none to end
   */
  override async quit(callback?: Callback<'OK'>): Promise<'OK'> {
    const answer = await this.#quit()
    callback?.(null, answer)
    return answer
  }

  override disconnect(reconnect = false): void {
    if (!reconnect && this.#phase !== 'new') this.#phase = 'closed'
    super.disconnect(reconnect)
  }

  override sendCommand(command: Command, stream?: Stream): unknown {
    switch (this.#phase) {
      case 'open':
      case 'connecting':
        return super.sendCommand(command, stream)
      case 'failed':
        this.#connect().then(
          () => super.sendCommand(command, stream),
          (error: Error) => command.reject(error),
        )
        return command.promise
      case 'new':
        command.reject(new NotConnectedError(command.name))
        return command.promise
      case 'closed':
        command.reject(new NotConnectedError(command.name, 'the client was closed'))
        return command.promise
    }
  }

  #connect(): Promise<void> {
    if (this.#phase !== 'open') {
      this.#connecting ??= this.#open().finally(() => {
        this.#connecting = undefined
      })
      return this.#connecting
    }
    // ioredis itself comes here to reconnect.
    if (this.status === 'ready') return Promise.resolve()
    if (this.status === 'connecting' || this.status === 'connect') return this.#untilReady()
    return super.connect().catch((error: unknown) => {
      throw connectionFailed(error)
    })
  }

  async #open(): Promise<void> {
    this.#phase = 'connecting'
    // ioredis keeps this from an earlier quit(), and would not come back after a loss.
    Reflect.set(this, 'manuallyClosing', false)
    let cause: unknown
    const note = (error: unknown) => {
      cause = error
    }
    this.on('error', note)
    // connectTimeout is over once the socket is there; a Redis that hangs says nothing more.
    const timer = setTimeout(() => {
      note(new TimeoutError('connect', this.#connectMs))
      this.stream?.destroy()
    }, this.#connectMs)
    try {
      await super.connect()
      if (this.#isClosed()) throw new NotConnectedError('connect', 'the client was closed')
      this.#phase = 'open'
    } catch (error) {
      if (!this.#isClosed()) this.#phase = 'failed'
      throw connectionFailed(cause ?? error)
    } finally {
      clearTimeout(timer)
      this.off('error', note)
    }
  }

  /** A call may have closed it while another waited; the compiler does not see that. */
  #isClosed(): boolean {
    return this.#phase === 'closed'
  }

  async #quit(): Promise<'OK'> {
    if (this.#phase === 'new' || this.#phase === 'closed') {
      throw new NotConnectedError('quit', 'there is no connection to end')
    }
    const { status } = this
    if (status === 'ready') {
      const answered = super.quit()
      this.#phase = 'closed'
      return await answered
    }
    this.#phase = 'closed'
    if (status === 'end') return 'OK'
    // Between two attempts ioredis has nothing to close, and forgets what waits: so begin one.
    if (status === 'reconnecting') super.connect().catch(() => {})
    super.disconnect()
    return 'OK'
  }

  #untilReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const ready = () => {
        this.off('close', lost)
        resolve()
      }
      const lost = () => {
        this.off('ready', ready)
        reject(connectionFailed(undefined))
      }
      this.once('ready', ready)
      this.once('close', lost)
    })
  }
}

function connectionFailed(cause: unknown): Error {
  return new Error('Redis connection failed', { cause })
}
