import { Queue, QueueEvents, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { payloadOf, type SignalPeer } from '../harness/signal-peer'

/** Removed at once, a job could not be asked any more how it ended. */
const REMOVE = { count: 1000 }

/** A job per message, a queue per receiver; the ACK is the job's end. */
export const bullmqJobs: SignalPeer = {
  name: 'BullMQ',

  openSender: async ({ redis }, targets) => {
    const shared = new Redis({ ...redis, maxRetriesPerRequest: null })
    const queues = new Map<string, { queue: Queue; events: QueueEvents }>()
    await Promise.all(
      targets.map(async (target) => {
        const queue = new Queue(target, { connection: shared })
        const events = new QueueEvents(target, { connection: redis })
        events.setMaxListeners(0)
        await Promise.all([queue.waitUntilReady(), events.waitUntilReady()])
        queues.set(target, { queue, events })
      }),
    )
    let n = 0
    return {
      send: async (receivers) => {
        n += 1
        const payload = payloadOf(n)
        await Promise.all(
          receivers.map(async (target) => {
            const it = queues.get(target)
            if (!it) return
            const job = await it.queue.add('signal', payload, {
              removeOnComplete: REMOVE,
              removeOnFail: REMOVE,
            })
            await job.waitUntilFinished(it.events)
          }),
        )
      },
      close: async () => {
        const all = [...queues.values()]
        await Promise.all(all.flatMap(({ queue, events }) => [queue.close(), events.close()]))
        shared.disconnect()
      },
    }
  },

  openReceivers: async ({ redis }, ids) => {
    const shared = new Redis({ ...redis, maxRetriesPerRequest: null })
    const workers = ids.map(
      (id) => new Worker(id, async () => 'received', { connection: shared, concurrency: 100 }),
    )
    await Promise.all(workers.map((it) => it.waitUntilReady()))
    return {
      close: async () => {
        await Promise.all(workers.map((it) => it.close(true)))
        shared.disconnect()
      },
    }
  },
}
