import { describe, expect, it } from 'vitest'
import {
  isBeatFrame,
  isDetailFrame,
  isPatchFrame,
  isSnapshotFrame,
  isStatusFrame,
  isStripFrame,
} from '@/components/live/read-frame'
import {
  beatFrameSchema,
  detailFrameSchema,
  patchFrameSchema,
  snapshotFrameSchema,
  statusFrameSchema,
  stripFrameSchema,
} from '@/lib/protocol/frames'
import { coordinator, patch, phaseChanged, seq, snapshot, status, T0 } from './frames'

const full = snapshot(1, [
  coordinator('lead', {
    phase: 'loop-3-work',
    label: 'sample',
    waits: [{ waitId: 'w1', kind: 'acks', on: ['impl'], since: T0, until: T0 + 1 }],
  }),
])
full.view.signals.push({
  signalId: 'lead:impl:status_update:1:1764000000000',
  source: 'lead',
  type: 'status_update',
  iteration: 1,
  timestamp: T0,
  deadline: T0 + 1_000,
  payloadBytes: 2,
  targets: [{ coordinatorId: 'impl', state: 'pending', rejected: 0 }],
  seq: seq(1),
})
full.view.consensus.push({
  key: 'billing:2:run-1:1',
  swarmId: 'billing',
  loop: 2,
  runId: 'run-1',
  iteration: 1,
  threshold: 0.9,
  policy: 'average',
  validators: ['v1', 'v2'],
  quorum: 2,
  openedAt: T0,
  deadline: T0 + 1_000,
  votes: [
    { validatorId: 'v1', confidence: 0.9, issues: [], recommendations: [], at: T0, replaced: 0 },
  ],
  seq: seq(1),
})
full.view.breakers.push({
  owner: 'lead',
  name: 'redis',
  state: 'open',
  since: T0,
  failures: 3,
  calls: 3,
  failed: 3,
  publishedAt: T0,
  transitions: [],
  seq: seq(1),
})
full.view.marks.push({ entry: 'dead:lead', kind: 'acknowledged', by: 'ada', at: T0, seq: seq(1) })

const frames = [
  ['snapshot', isSnapshotFrame, snapshotFrameSchema, full],
  ['patch', isPatchFrame, patchFrameSchema, patch(1, 2, [phaseChanged(2, 'lead', 'x')])],
  ['status', isStatusFrame, statusFrameSchema, status('down')],
  ['beats', isBeatFrame, beatFrameSchema, { at: T0, ids: ['lead'], ages: [5] }],
  [
    'strips',
    isStripFrame,
    stripFrameSchema,
    { ids: ['lead'], lastBeats: [T0], strips: [[10, 11]] },
  ],
  ['detail', isDetailFrame, detailFrameSchema, { coordinatorId: 'lead', beats: [T0] }],
] as const

/** Every way to spoil one value somewhere inside a frame. */
function* spoiled(value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    const inner: unknown = Reflect.get(value, key)
    const copy = () => (Array.isArray(value) ? [...value] : { ...value })
    for (const bad of [null, Number.NaN, { nothing: true }]) {
      const broken = copy()
      Reflect.set(broken, key, bad)
      yield broken
    }
    for (const deeper of spoiled(inner)) {
      const broken = copy()
      Reflect.set(broken, key, deeper)
      yield broken
    }
  }
}

describe.each(frames)('the guard of %s frames', (_, guard, schema, frame) => {
  it('lets through what the schema does', () => {
    expect(schema.safeParse(frame).error).toBeUndefined()
    expect(guard(frame)).toBe(true)
  })

  it.each([undefined, null, 0, 'frame', [], {}])('refuses %j', (raw) => {
    expect(guard(raw)).toBe(false)
  })

  it('never throws, and refuses a frame that lacks something or has it in another shape', () => {
    const own = Object.keys(frame).filter((key) => guard({ ...frame, [key]: undefined }))
    expect(own).toEqual([])
    for (const broken of spoiled(frame)) expect(() => guard(broken)).not.toThrow()
  })
})

describe('frames of columns', () => {
  it('are refused when their columns are not of one length', () => {
    expect(isBeatFrame({ at: T0, ids: ['a', 'b'], ages: [1] })).toBe(false)
    expect(isStripFrame({ ids: ['a'], lastBeats: [], strips: [[]] })).toBe(false)
  })
})

describe('a snapshot', () => {
  it.each([
    ['a coordinator without a name', { ...coordinator('lead'), id: undefined }],
    ['a liveness that nobody knows', { ...coordinator('lead'), liveness: 'undead' }],
    ['an interval that is no number', { ...coordinator('lead'), heartbeatIntervalMs: '5s' }],
    ['waits that are no list', { ...coordinator('lead'), waits: {} }],
  ])('is refused with %s', (_, broken) => {
    expect(isSnapshotFrame({ ...full, view: { ...full.view, coordinators: [broken] } })).toBe(false)
  })
})
