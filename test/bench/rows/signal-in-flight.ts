import type { Row } from '../harness/row'
import { prepareSignalRow } from './signal-row'

export const signalInFlight: Row = {
  name: 'in-flight',
  title: 'Signal → ACK, 100 in flight',
  note: 'The same, with a hundred signals under way to one receiver at any time.',
  figures: [{ key: 'rate', title: 'signals and their ACKs', unit: '/s' }],
  goals: [
    { text: '5 × BullMQ', figure: 'rate', peer: 'BullMQ', atLeast: 5 },
    {
      text: 'stretch: 0.6 × bare streams',
      figure: 'rate',
      peer: 'streams',
      atLeast: 0.6,
      stretch: true,
    },
    {
      text: 'stretch: above NATS',
      figure: 'rate',
      peer: 'NATS request/reply',
      atLeast: 1,
      stretch: true,
    },
  ],
  prepare: (context) =>
    prepareSignalRow(context, {
      receivers: 1,
      processes: 1,
      load: { inFlight: 100, messages: Number.MAX_SAFE_INTEGER, forMs: 1200 },
      figures: ({ rate }) => ({ rate }),
      without: ['polling each 100 ms'],
    }),
}
