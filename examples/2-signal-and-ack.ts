// A coordinator signals a peer, which is a process of its own, and goes on when the peer has answered
// and the answer is true.
import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  BlockingCoordinationManager,
  BlockingCoordinationSignals,
  createClient,
  type SignalAck,
  SignalType,
} from 'signalbox'
import { redisHost, redisPort } from './support/address'
import { sayReady, startCompanion, untilTold } from './support/companion'

const hmacSecret = process.env.BLOCKING_COORDINATION_SECRET
const redis = createClient({ socket: { host: redisHost, port: redisPort } })
await redis.connect()

await (process.argv[2] === 'receiver' ? receive() : send())
await redis.quit()

async function receive(): Promise<void> {
  const coordinator = new BlockingCoordinationManager({
    redisClient: redis,
    coordinatorId: 'coordinator-receiver',
    hmacSecret,
  })
  const told = untilTold()
  sayReady()
  while (!told.aborted) {
    const signal = await coordinator
      .waitForSignal({ timeoutMs: Number.POSITIVE_INFINITY, signal: told })
      .catch(() => null)
    if (signal) await coordinator.acknowledgeSignal(signal)
  }
  await coordinator.cleanup()
}

async function send(): Promise<void> {
  const receiver = await startCompanion(import.meta.filename, 'receiver')
  const signals = new BlockingCoordinationSignals({ redisHost, redisPort })
  await signals.connect()
  const coordinator = new BlockingCoordinationManager({
    redisClient: redis,
    coordinatorId: 'coordinator-sender',
    hmacSecret,
  })
  try {
    console.log('Sending signal to coordinator-receiver...')
    const { messageId, isDuplicate, key } = await signals.sendSignal(
      'coordinator-sender',
      'coordinator-receiver',
      SignalType.COMPLETION,
      1,
      { phase: 'validation', confidence: 0.92 },
    )
    console.log('Signal sent:', { messageId, isDuplicate, key })

    console.log('Waiting for ACK...')
    const acks = await coordinator.waitForAcks(['coordinator-receiver'], messageId, 5000)
    const ack = acks.get('coordinator-receiver')
    if (ack) {
      const { coordinatorId, timestamp, iteration } = ack
      console.log('ACK received:', { coordinatorId, timestamp, iteration })
      console.log('ACK signature valid:', isSignatureValid(ack))
    } else {
      console.log('ACK not received within timeout')
    }
  } finally {
    await coordinator.cleanup()
    await signals.disconnect()
    await receiver.end()
  }
}

/**
 * What somebody without this library, in any language, can check by hand. It does not cover which signal
 * is answered: inside, `coordinator.verifyAck(ack)` is the check that counts, and `waitForAcks` has done it.
 */
function isSignatureValid(ack: SignalAck): boolean {
  const signed = [ack.coordinatorId, 'coordinator-sender', ack.iteration, ack.timestamp].join(':')
  const expected = createHmac('sha256', hmacSecret ?? '')
    .update(signed)
    .digest()
  const actual = Buffer.from(ack.signature, 'hex')
  return actual.length === expected.length && timingSafeEqual(actual, expected)
}
