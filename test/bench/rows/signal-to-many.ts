import type { Row } from '../harness/row'
import { prepareSignalRow } from './signal-row'

export const signalToMany: Row = {
  name: 'fan-out',
  title: 'Signal → ACK, 1 → 100',
  note: 'One sender, a hundred receivers in four processes; until the last ACK is in. Ours is one broadcast.',
  figures: [{ key: 'p50', title: 'p50', unit: 'ms' }],
  goals: [
    { text: 'at most 2 × bare streams', figure: 'p50', peer: 'streams', atMost: 2 },
    { text: '4 × faster than BullMQ', figure: 'p50', peer: 'BullMQ', atMost: 1 / 4 },
  ],
  prepare: (context) =>
    prepareSignalRow(context, {
      receivers: 100,
      processes: 4,
      load: { inFlight: 1, messages: 60, forMs: 1500 },
      figures: ({ p50 }) => ({ p50 }),
    }),
}
