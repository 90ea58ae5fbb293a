import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { payloadOf, type SignalPeer } from '../harness/signal-peer'

const POLL_MS = 100

/** A key for the signal and one for each ACK, both looked at each 100 ms. */
export const polledKeys: SignalPeer = {
  name: 'polling each 100 ms',

  openSender: async ({ redis }) => {
    const client = new Redis(redis)
    let n = 0
    return {
      send: async (targets) => {
        n += 1
        const text = JSON.stringify({ n, payload: payloadOf(n) })
        await Promise.all(targets.map((it) => client.set(`polled:to:${it}`, text, 'EX', 3600)))
        let missing = [...targets]
        while (missing.length > 0) {
          await sleep(POLL_MS)
          const acks = await client.mget(missing.map((it) => `polled:ack:${it}`))
          missing = missing.filter((_, at) => acks[at] !== String(n))
        }
      },
      close: () => client.quit(),
    }
  },

  openReceivers: async ({ redis }, ids) => {
    const client = new Redis(redis)
    let working = false
    let closed = false
    const poll = async (id: string) => {
      let last = 0
      // Processes don't begin in the same millisecond.
      await sleep((POLL_MS * ids.indexOf(id)) / ids.length)
      while (!closed) {
        if (working) {
          const text = await client.get(`polled:to:${id}`)
          const { n } = text ? (JSON.parse(text) as { n: number }) : { n: last }
          if (n !== last) await client.set(`polled:ack:${id}`, n, 'EX', 3600)
          last = n
        }
        await sleep(POLL_MS)
      }
    }
    const polls = ids.map(poll)
    return {
      resume: () => {
        working = true
      },
      pause: () => {
        working = false
      },
      close: async () => {
        closed = true
        await Promise.all(polls)
        await client.quit()
      },
    }
  },
}
