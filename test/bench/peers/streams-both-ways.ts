import { Redis } from 'ioredis'
import { OpenAcks } from '../harness/open-acks'
import { payloadOf, type SignalPeer } from '../harness/signal-peer'
import { closeAll, followStream, STREAM_LENGTH } from './stream-loop'

/**
 * XADD there and back, XREAD BLOCK at both ends: what is stored stays, but nothing says who has
 * seen it, nothing is signed, and a repeat is another message.
 */
export const streamsBothWays: SignalPeer = {
  name: 'streams',

  openSender: async ({ redis }) => {
    const acks = new OpenAcks()
    const [writer, reader] = [new Redis(redis), new Redis(redis)]
    let last = await endOf(writer, 'streams:acks')
    void followStream(
      () => reader.xread('COUNT', 200, 'BLOCK', 0, 'STREAMS', 'streams:acks', last),
      (entries) => {
        for (const { id, fields } of entries) {
          last = id
          acks.ack(Number(fields[1]))
        }
      },
    )
    return {
      send: (targets) => {
        const { n, acked } = acks.next(targets.length)
        const text = JSON.stringify({ n, payload: payloadOf(n) })
        return Promise.all([
          acked,
          ...targets.map((it) => add(writer, `streams:to:${it}`, text)),
        ]).then(() => {})
      },
      close: () => closeAll([writer, reader]),
    }
  },

  openReceivers: async ({ redis }, ids) => {
    const writer = new Redis(redis)
    const readers = await Promise.all(
      ids.map(async (it) => {
        const reader = new Redis(redis)
        const stream = `streams:to:${it}`
        let last = await endOf(writer, stream)
        void followStream(
          () => reader.xread('COUNT', 100, 'BLOCK', 0, 'STREAMS', stream, last),
          (entries) => {
            for (const { id, fields } of entries) {
              last = id
              const { n } = JSON.parse(fields[1] ?? '') as { n: number }
              add(writer, 'streams:acks', n).catch(() => {})
            }
          },
        )
        return reader
      }),
    )
    return { close: () => closeAll([writer, ...readers]) }
  },
}

function add(writer: Redis, stream: string, message: string | number): Promise<string | null> {
  return writer.xadd(stream, 'MAXLEN', '~', STREAM_LENGTH, '*', 'm', message)
}

async function endOf(redis: Redis, stream: string): Promise<string> {
  const [entry] = await redis.xrevrange(stream, '+', '-', 'COUNT', 1)
  return entry?.[0] ?? '0'
}
