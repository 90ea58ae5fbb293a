import { connect, type NatsConnection, StringCodec } from 'nats'
import { type Place, payloadOf, type SignalPeer } from '../harness/signal-peer'

const text = StringCodec()

/** Request and reply of NATS: fast, and nothing is stored anywhere. */
export const natsRequests: SignalPeer = {
  name: 'NATS request/reply',

  openSender: async (place) => {
    const nats = await open(place)
    let n = 0
    return {
      send: async (targets) => {
        n += 1
        const data = text.encode(JSON.stringify({ n, payload: payloadOf(n) }))
        await Promise.all(targets.map((it) => nats.request(`to.${it}`, data, { timeout: 20_000 })))
      },
      close: () => nats.close(),
    }
  },

  openReceivers: async (place, ids) => {
    const nats = await open(place)
    for (const id of ids) {
      nats.subscribe(`to.${id}`, {
        callback: (error, message) => {
          if (error) return
          const { n } = JSON.parse(text.decode(message.data)) as { n: number }
          message.respond(text.encode(String(n)))
        },
      })
    }
    await nats.flush()
    return { close: () => nats.close() }
  },
}

function open({ nats }: Place): Promise<NatsConnection> {
  if (!nats) throw new Error('no nats-server runs')
  return connect({ servers: `127.0.0.1:${nats.port}` })
}
