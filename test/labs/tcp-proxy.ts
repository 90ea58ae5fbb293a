import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface TcpProxy {
  readonly host: '127.0.0.1'
  readonly port: number
  /** Connections that are open now. */
  readonly connections: number
  /** Delays what passes, in both directions, from now on. */
  setLatency(ms: number): void
  /** The share (0 to 1) of chunks that end their connection with a reset instead of passing. */
  setResetShare(share: number): void
  /** Nothing passes and nobody is told: connections look alive, as behind a dead router. */
  setHalfOpen(on: boolean): void
  /** The connections of now go silent for ever, as when a router forgot them; new ones are well. */
  strand(): void
  /** New connections are closed at once, as when nobody listens behind it. */
  setRefusing(on: boolean): void
  /** Ends all connections with a reset. */
  resetAll(): void
  /** Idempotent. */
  close(): Promise<void>
}

export interface TcpProxyOptions {
  /** Chooses which chunks reset: 0 ≤ x < 1, one call a chunk. A seeded one makes a run repeatable. */
  random?: () => number
}

/** A link to a server that can be made bad. */
export async function startTcpProxy(
  target: { host: string; port: number },
  { random = Math.random }: TcpProxyOptions = {},
): Promise<TcpProxy> {
  const pairs = new Set<[Socket, Socket]>()
  let latencyMs = 0
  let resetShare = 0
  let halfOpen = false
  let refusing = false
  let closed = false
  const stranded = new Set<[Socket, Socket]>()

  const reset = (pair: [Socket, Socket]) => {
    pairs.delete(pair)
    stranded.delete(pair)
    for (const socket of pair) socket.resetAndDestroy()
  }

  const server = createServer((near) => {
    near.on('error', () => {})
    if (refusing) return void near.resetAndDestroy()
    const far = connect(target)
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    pass(near, far, pair)
    pass(far, near, pair)
  })

  function pass(from: Socket, to: Socket, pair: [Socket, Socket]): void {
    from.setNoDelay(true)
    // One queue for each direction: bytes must keep their order when the delay changes.
    let queue: Promise<unknown> = Promise.resolve()
    const inOrder = (act: () => void) => {
      const delay = latencyMs
      const due = delay > 0 ? new Promise((resolve) => setTimeout(resolve, delay)) : undefined
      queue = due ? Promise.all([queue, due]).then(act) : queue.then(act)
    }
    from.on('data', (chunk) => {
      if (halfOpen || stranded.has(pair)) return
      if (resetShare > 0 && random() < resetShare) return reset(pair)
      inOrder(() => {
        if (!to.destroyed) to.write(chunk)
      })
    })
    from.on('end', () => inOrder(() => to.end()))
    from.on('error', () => reset(pair))
    from.on('close', () => {
      pairs.delete(pair)
      if (!halfOpen && !stranded.has(pair)) inOrder(() => to.destroy())
    })
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The proxy has no port.')

  const resetAll = () => {
    for (const pair of pairs) reset(pair)
  }
  return {
    host: '127.0.0.1',
    port: address.port,
    get connections() {
      return pairs.size
    },
    setLatency: (ms) => {
      latencyMs = ms
    },
    setResetShare: (share) => {
      resetShare = share
    },
    setHalfOpen: (on) => {
      // What was lost meanwhile would leave a hole in the stream of bytes.
      if (halfOpen && !on) resetAll()
      halfOpen = on
    },
    strand: () => {
      for (const pair of pairs) stranded.add(pair)
    },
    setRefusing: (on) => {
      refusing = on
    },
    resetAll,
    close: async () => {
      if (closed) return
      closed = true
      const ended = once(server, 'close')
      server.close()
      resetAll()
      for (const pair of stranded) reset(pair)
      await ended
    },
  }
}
