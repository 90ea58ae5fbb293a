import { setMaxListeners } from 'node:events'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import {
  BlockingCoordinationSignals,
  SignalType,
} from '@/lib/cfn-loop/blocking-coordination-signals'
import { createClient } from '@/lib/redis/create-client'
import { OURS, type Place, payloadOf, type SignalPeer } from '../harness/signal-peer'

const SECRET = 'bench-secret-of-more-than-32-bytes-for-everybody'
const NAMESPACE = 'bench'
const SENDER = 'sender'
/** A wait of a receiver, and of a sender that something went wrong for. */
const WAIT_MS = 60_000

/** Ours, as a program would use it: managers, their own clients, defaults throughout. */
export const signalboxSignals: SignalPeer = {
  name: OURS,

  openSender: async (place) => {
    const client = await connect(place)
    const manager = managerOf(client, SENDER)
    const signals = new BlockingCoordinationSignals({
      redisHost: place.redis.host,
      redisPort: place.redis.port,
      namespace: NAMESPACE,
    })
    await signals.connect()
    await manager.recordActivity('sending')
    let n = 0
    return {
      send: async (targets) => {
        n += 1
        const [only] = targets
        const sent =
          targets.length === 1 && only !== undefined
            ? await signals.sendSignal(SENDER, only, SignalType.COMPLETION, n, payloadOf(n))
            : await signals.broadcast(SENDER, targets, SignalType.COMPLETION, n, payloadOf(n))
        const acks = await manager.waitForAcks(targets, sent.messageId, WAIT_MS)
        if (acks.size !== targets.length) throw new Error(`${acks.size} of ${targets.length} ACKs`)
      },
      close: async () => {
        await manager.cleanup()
        await signals.disconnect()
        await client.quit()
      },
    }
  },

  openReceivers: async (place, ids) => {
    const client = await connect(place)
    const managers = ids.map((id) => managerOf(client, id))
    await Promise.all(managers.map((it) => it.recordActivity('receiving')))
    const closing = new AbortController()
    setMaxListeners(0, closing.signal)
    const loops = managers.map((it) => receive(it, closing.signal))
    return {
      close: async () => {
        closing.abort()
        await Promise.all(loops)
        await Promise.all(managers.map((it) => it.cleanup()))
        await client.quit()
      },
    }
  },
}

async function receive(manager: BlockingCoordinationManager, closing: AbortSignal): Promise<void> {
  while (!closing.aborted) {
    try {
      const signal = await manager.waitForSignal({ timeoutMs: WAIT_MS, signal: closing })
      if (!signal) continue
      manager.acknowledgeSignal(signal).catch((error: unknown) => {
        console.error('an acknowledgement failed', error)
      })
    } catch (error) {
      if (!closing.aborted) throw error
    }
  }
}

async function connect({ redis }: Place) {
  const client = createClient({ socket: redis })
  await client.connect()
  return client
}

function managerOf(redisClient: ReturnType<typeof createClient>, coordinatorId: string) {
  return new BlockingCoordinationManager({
    redisClient,
    coordinatorId,
    hmacSecret: SECRET,
    namespace: NAMESPACE,
    swarmId: 'bench',
  })
}
