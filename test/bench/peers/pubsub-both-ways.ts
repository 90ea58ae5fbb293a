import { Redis } from 'ioredis'
import { OpenAcks } from '../harness/open-acks'
import { payloadOf, type SignalPeer } from '../harness/signal-peer'

/** PUBLISH there and back: nothing is stored, and who does not listen never hears of it. */
export const pubsubBothWays: SignalPeer = {
  name: 'pub/sub',

  openSender: async ({ redis }) => {
    const acks = new OpenAcks()
    const publisher = new Redis(redis)
    const subscriber = new Redis(redis)
    subscriber.on('message', (_channel, n) => acks.ack(Number(n)))
    await subscriber.subscribe('pubsub:acks')
    return {
      send: (targets) => {
        const { n, acked } = acks.next(targets.length)
        const text = JSON.stringify({ n, payload: payloadOf(n) })
        return Promise.all([
          acked,
          ...targets.map((it) => publisher.publish(`pubsub:to:${it}`, text)),
        ]).then(() => {})
      },
      close: () => Promise.all([publisher.quit(), subscriber.quit()]),
    }
  },

  openReceivers: async ({ redis }, ids) => {
    const publisher = new Redis(redis)
    const subscriber = new Redis(redis)
    subscriber.on('message', (_channel, text) => {
      const { n } = JSON.parse(text) as { n: number }
      publisher.publish('pubsub:acks', String(n)).catch(() => {})
    })
    await subscriber.subscribe(...ids.map((it) => `pubsub:to:${it}`))
    return { close: () => Promise.all([publisher.quit(), subscriber.quit()]) }
  },
}
