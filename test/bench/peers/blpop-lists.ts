import { Redis } from 'ioredis'
import { OpenAcks } from '../harness/open-acks'
import { payloadOf, type SignalPeer } from '../harness/signal-peer'
import { closeAll } from './stream-loop'

/** RPUSH and BLPOP: who takes a message out and dies has lost it. */
export const blpopLists: SignalPeer = {
  name: 'BLPOP lists',

  openSender: async ({ redis }) => {
    const acks = new OpenAcks()
    const [writer, reader] = [new Redis(redis), new Redis(redis)]
    void pop(reader, 'lists:acks', (n) => acks.ack(Number(n)))
    return {
      send: (targets) => {
        const { n, acked } = acks.next(targets.length)
        const text = JSON.stringify({ n, payload: payloadOf(n) })
        return Promise.all([
          acked,
          ...targets.map((it) => writer.rpush(`lists:to:${it}`, text)),
        ]).then(() => {})
      },
      close: () => closeAll([writer, reader]),
    }
  },

  openReceivers: async ({ redis }, ids) => {
    const writer = new Redis(redis)
    const readers = ids.map((id) => {
      const reader = new Redis(redis)
      void pop(reader, `lists:to:${id}`, (text) => {
        const { n } = JSON.parse(text) as { n: number }
        writer.rpush('lists:acks', n).catch(() => {})
      })
      return reader
    })
    return { close: () => closeAll([writer, ...readers]) }
  },
}

async function pop(reader: Redis, list: string, hear: (text: string) => void): Promise<void> {
  for (;;) {
    let popped: [string, string] | null
    try {
      popped = await reader.blpop(list, 0)
    } catch {
      return
    }
    if (popped) hear(popped[1])
  }
}
