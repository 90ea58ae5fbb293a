import { Redis } from 'ioredis'
import { OpenAcks } from '../harness/open-acks'
import { payloadOf, type SignalPeer } from '../harness/signal-peer'
import { closeAll, followStream, STREAM_LENGTH } from './stream-loop'

const GROUP = 'all'

/** Streams whose receivers are consumers of a group: what was not acknowledged is given again. */
export const streamsWithGroups: SignalPeer = {
  name: 'streams with groups',

  openSender: async ({ redis }) => {
    const acks = new OpenAcks()
    const [writer, reader] = [new Redis(redis), new Redis(redis)]
    await makeGroup(writer, 'groups:acks')
    void followStream(
      () => read(reader, 'groups:acks', 200),
      (entries) => {
        writer.xack('groups:acks', GROUP, ...entries.map((it) => it.id)).catch(() => {})
        for (const { fields } of entries) acks.ack(Number(fields[1]))
      },
    )
    return {
      send: (targets) => {
        const { n, acked } = acks.next(targets.length)
        const text = JSON.stringify({ n, payload: payloadOf(n) })
        return Promise.all([
          acked,
          ...targets.map((it) => add(writer, `groups:to:${it}`, text)),
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
        const stream = `groups:to:${it}`
        await makeGroup(writer, stream)
        void followStream(
          () => read(reader, stream, 100),
          (entries) => {
            writer.xack(stream, GROUP, ...entries.map((one) => one.id)).catch(() => {})
            for (const { fields } of entries) {
              const { n } = JSON.parse(fields[1] ?? '') as { n: number }
              add(writer, 'groups:acks', n).catch(() => {})
            }
          },
        )
        return reader
      }),
    )
    return { close: () => closeAll([writer, ...readers]) }
  },
}

function read(reader: Redis, stream: string, count: number) {
  return reader.xreadgroup(
    'GROUP',
    GROUP,
    'one',
    'COUNT',
    count,
    'BLOCK',
    0,
    'STREAMS',
    stream,
    '>',
  )
}

function add(writer: Redis, stream: string, message: string | number): Promise<string | null> {
  return writer.xadd(stream, 'MAXLEN', '~', STREAM_LENGTH, '*', 'm', message)
}

async function makeGroup(redis: Redis, stream: string): Promise<void> {
  await redis.xgroup('CREATE', stream, GROUP, '$', 'MKSTREAM')
}
