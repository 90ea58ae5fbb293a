import type { Row } from '../harness/row'
import { prepareSignalRow } from './signal-row'

export const signalOneAtATime: Row = {
  name: 'signal',
  title: 'Signal → ACK, one at a time',
  note: 'From sending to the ACK at the sender, which sends the next one only then. Sender and receiver are processes of their own; Redis appends to its file and syncs each second. Ours stores, signs, verifies, logs and finds repeats.',
  figures: [
    { key: 'p50', title: 'p50', unit: 'ms' },
    { key: 'p99', title: 'p99', unit: 'ms' },
  ],
  goals: [
    { text: 'p50 at most 1.5 × bare streams', figure: 'p50', peer: 'streams', atMost: 1.5 },
    { text: 'p99 at most 2.2 × bare streams', figure: 'p99', peer: 'streams', atMost: 2.2 },
    { text: 'faster than NATS', figure: 'p50', peer: 'NATS request/reply', atMost: 1 },
    { text: '3 × faster than BullMQ', figure: 'p50', peer: 'BullMQ', atMost: 1 / 3 },
    {
      text: '250 × faster than polling',
      figure: 'p50',
      peer: 'polling each 100 ms',
      atMost: 1 / 250,
    },
  ],
  prepare: (context) =>
    prepareSignalRow(context, {
      receivers: 1,
      processes: 1,
      load: { inFlight: 1, messages: 1500, forMs: 1200 },
      figures: ({ p50, p99 }) => ({ p50, p99 }),
    }),
}
