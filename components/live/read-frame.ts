import type { BoxEvent } from '@/lib/protocol/events'
import type {
  BeatFrame,
  DetailFrame,
  PatchFrame,
  SnapshotFrame,
  StatusFrame,
  StripFrame,
} from '@/lib/protocol/frames'
import type { HistoryView } from '@/lib/protocol/history'
import { LIVENESS } from '@/lib/protocol/liveness'

// Every frame is checked before it is believed, by hand: the schemas that the server checks with
// cost a page 32 KB and, for ten thousand coordinators, a fifth of a second in one piece. Checked is
// what the board leans on; docs/decisions/0010-frames-are-checked-by-hand.md says why that is enough.

type Fields = Readonly<Record<string, unknown>>
type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string'
const isNumber: Check = (value) => typeof value === 'number' && Number.isFinite(value)
const isSequence: Check = (value) => typeof value === 'string' && /^\d{1,16}-\d{1,10}$/.test(value)
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value)
const isNumberOrNull: Check = (value) => value === null || isNumber(value)
const isOneOf =
  (...known: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && known.includes(value)

function has(checks: Readonly<Record<string, Check>>): Check {
  const entries = Object.entries(checks)
  return (value) => isFields(value) && entries.every(([name, check]) => check(value[name]))
}

const isWait = has({ waitId: isText, kind: isText, on: isListOf(isText), since: isNumber })
const isCoordinator = has({
  id: isText,
  swarmId: isText,
  liveness: isOneOf(...LIVENESS),
  phase: maybe(isText),
  iteration: isNumber,
  epoch: isNumber,
  thresholdMs: isNumber,
  heartbeatIntervalMs: isNumber,
  registeredAt: isNumber,
  lastBeat: isNumber,
  livenessSince: isNumber,
  waits: isListOf(isWait),
  workItems: isNumber,
  refusedWrites: isNumber,
  seq: isSequence,
})
const isSignal = has({
  signalId: isText,
  source: isText,
  type: isText,
  timestamp: isNumber,
  deadline: isNumber,
  targets: isListOf(has({ coordinatorId: isText, state: isText })),
  seq: isSequence,
})
const isRound = has({
  key: isText,
  swarmId: isText,
  loop: isNumber,
  iteration: isNumber,
  threshold: isNumber,
  policy: isText,
  validators: isListOf(isText),
  votes: isListOf(has({ validatorId: isText, confidence: isNumber })),
  seq: isSequence,
})
const isBreaker = has({ owner: isText, name: isText, state: isText, since: isNumber })
const isSpawn = has({ coordinatorId: isText, state: isText, seq: isSequence })
const isMark = has({ entry: isText, kind: isText, by: isText, at: isNumber })
const isView = has({
  seq: isSequence,
  at: isNumber,
  namespace: isText,
  coordinators: isListOf(isCoordinator),
  signals: isListOf(isSignal),
  consensus: isListOf(isRound),
  breakers: isListOf(isBreaker),
  spawns: isListOf(isSpawn),
  marks: isListOf(isMark),
  monitor: isFields,
})
const isEvent = has({
  seq: isSequence,
  type: isText,
  at: isNumber,
  actor: isText,
  entity: isText,
  data: isFields,
})

/** Columns belong together: one entry each. */
const sameLength = (...columns: readonly (readonly unknown[])[]) =>
  columns.every((it) => it.length === columns[0]?.length)

const snapshotChecks = has({ seq: isSequence, serverTime: isNumber, view: isView })
const patchChecks = has({
  fromSeq: isSequence,
  toSeq: isSequence,
  serverTime: isNumber,
  events: isListOf(isEvent),
})
const beatChecks = has({ at: isNumber, ids: isListOf(isText), ages: isListOf(isNumber) })
const stripChecks = has({
  ids: isListOf(isText),
  lastBeats: isListOf(isNumber),
  strips: isListOf(isListOf(isNumber)),
})
const statusChecks = has({
  serverTime: isNumber,
  redis: has({
    state: isOneOf('up', 'down'),
    since: isNumber,
    nextTryAt: maybe(isNumber),
    error: maybe(isText),
  }),
  eventLagMs: isNumberOrNull,
  eventsPerSecond: isNumber,
  beatsPerSecond: isNumber,
  clients: isNumber,
  lastSweepAt: maybe(isNumber),
})
const detailChecks = has({ coordinatorId: isText, beats: isListOf(isNumber) })

const historyChecks = has({
  seq: isSequence,
  serverTime: isNumber,
  view: isView,
  events: isListOf(isEvent),
  until: isSequence,
  complete: (value) => typeof value === 'boolean',
})

export const isSnapshotFrame = (raw: unknown): raw is SnapshotFrame => snapshotChecks(raw)
/** Not a frame, but as large as one. */
export const isHistoryView = (raw: unknown): raw is HistoryView => historyChecks(raw)
export const isPatchFrame = (raw: unknown): raw is PatchFrame & { events: BoxEvent[] } =>
  patchChecks(raw)
export const isStatusFrame = (raw: unknown): raw is StatusFrame => statusChecks(raw)
export const isDetailFrame = (raw: unknown): raw is DetailFrame => detailChecks(raw)

const looksLikeBeats = (raw: unknown): raw is BeatFrame => beatChecks(raw)
export const isBeatFrame = (raw: unknown): raw is BeatFrame =>
  looksLikeBeats(raw) && sameLength(raw.ids, raw.ages)

const looksLikeStrips = (raw: unknown): raw is StripFrame => stripChecks(raw)
export const isStripFrame = (raw: unknown): raw is StripFrame =>
  looksLikeStrips(raw) && sameLength(raw.ids, raw.lastBeats, raw.strips)
