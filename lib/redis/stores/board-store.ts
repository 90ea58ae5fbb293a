import { z } from 'zod'
import {
  type AttentionMark,
  attentionMarkSchema,
  type MonitorView,
  monitorViewSchema,
  type WireView,
} from '../../protocol/view'
import type { NamespaceKeys } from '../keys'
import { parseBreaker } from '../records/breaker-record'
import { parseConsensus } from '../records/consensus-record'
import { parseCoordinator, parseSpawn } from '../records/coordinator-record'
import { parseJsonText } from '../records/parse-json-text'
import { parseSignalRecord } from '../records/signal-record'
import type { RedisLike } from '../redis-like'
import { createEventLog } from './event-log'
import { readHashes } from './read-hashes'

/** How much of what is over and done a snapshot takes with it. */
export interface BoardLimits {
  readonly settledSignals: number
  readonly settledConsensus: number
}

/** A record that could not be read: left out of the board, and somebody should hear of it. */
export interface RecordProblem {
  readonly key: string
  readonly problem: string
}

export interface BoardReading {
  readonly view: WireView
  readonly problems: RecordProblem[]
}

export interface BoardStore {
  /**
   * The whole board. Its `seq` is the end of the stream before the first record was read: whoever tails
   * the stream from there misses nothing, and each record says which events it holds already.
   */
  read(limits: BoardLimits): Promise<BoardReading>
  /** Redis' time, ms. */
  now(): Promise<number>
}

export function createBoardStore(
  redis: RedisLike,
  keys: NamespaceKeys,
  namespace = '',
): BoardStore {
  const log = createEventLog(redis, keys)
  const now = async () => {
    const [seconds, micros] = await redis.time()
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000)
  }
  return {
    now,
    async read(limits) {
      const problems: RecordProblem[] = []
      const seq = await log.end()
      const at = await now()
      const living = await readCoordinators(redis, keys, problems)
      return {
        problems,
        view: {
          seq,
          at,
          namespace,
          ...living,
          signals: await readSignals(redis, keys, limits.settledSignals, problems),
          consensus: await readConsensus(redis, keys, limits.settledConsensus, problems),
          breakers: await readBreakers(redis, keys, problems),
          marks: await readMarks(redis, keys, problems),
          monitor: await readMonitor(redis, keys, problems),
        },
      }
    },
  }
}

async function readCoordinators(
  redis: RedisLike,
  keys: NamespaceKeys,
  problems: RecordProblem[],
): Promise<Pick<WireView, 'coordinators' | 'spawns'>> {
  const ids = (await redis.smembers(keys.coordinators)).sort()
  const note = (id: string, problem: string) =>
    problems.push({ key: keys.coordinator(id), problem })
  const hashes = await readHashes(redis, ids, keys.coordinator, note)
  const coordinators: WireView['coordinators'] = []
  const spawns: WireView['spawns'] = []
  for (const { id, hash } of hashes) {
    const coordinator = parseCoordinator(id, hash)
    if (coordinator.ok) coordinators.push(coordinator.value)
    else note(id, coordinator.problem)
    const spawn = parseSpawn(id, hash)
    if (spawn?.ok) spawns.push(spawn.value)
    else if (spawn) note(id, spawn.problem)
  }
  return { coordinators, spawns }
}

/** All that is pending, and the latest of the settled, oldest first. */
async function readSignals(
  redis: RedisLike,
  keys: NamespaceKeys,
  settled: number,
  problems: RecordProblem[],
): Promise<WireView['signals']> {
  const pending = await membersOfKind(redis, keys, 'signal')
  // The newest of all hold the latest settled ones; those among them that are pending are read once.
  const newest = await redis.zrevrange(keys.signals, 0, settled + pending.length - 1)
  const note = (id: string, problem: string) =>
    problems.push({ key: keys.signalRecord(id), problem })
  const hashes = await readHashes(
    redis,
    [...new Set([...pending, ...newest])],
    keys.signalRecord,
    note,
  )
  const signals: (WireView['signals'][number] & { sentAt: number })[] = []
  for (const { id, hash } of hashes) {
    const parsed = parseSignalRecord(hash)
    if (parsed.ok) signals.push({ ...parsed.record.view, sentAt: parsed.record.sentAt })
    else note(id, parsed.problem)
  }
  signals.sort((a, b) => a.sentAt - b.sentAt || (a.signalId < b.signalId ? -1 : 1))
  const isPending = (it: (typeof signals)[number]) =>
    it.targets.some((target) => target.state === 'pending')
  let surplus = signals.filter((it) => !isPending(it)).length - settled
  return signals
    .filter((it) => isPending(it) || surplus-- <= 0)
    .map(({ sentAt: _, ...signal }) => signal)
}

/** All that is open, and the latest of the decided, oldest first. */
async function readConsensus(
  redis: RedisLike,
  keys: NamespaceKeys,
  settled: number,
  problems: RecordProblem[],
): Promise<WireView['consensus']> {
  const open = await membersOfKind(redis, keys, 'consensus')
  const newest = await redis.zrevrange(keys.consensusIndex, 0, settled + open.length - 1)
  const note = (id: string, problem: string) =>
    problems.push({ key: keys.consensusByKey(id), problem })
  const rounds: WireView['consensus'] = []
  const ids = [...new Set([...open, ...newest])]
  for (const { id, hash } of await readHashes(redis, ids, keys.consensusByKey, note)) {
    const parsed = parseConsensus(id, hash)
    if (parsed.ok) rounds.push(parsed.value)
    else note(id, parsed.problem)
  }
  rounds.sort((a, b) => a.openedAt - b.openedAt || (a.key < b.key ? -1 : 1))
  let surplus = rounds.filter((it) => it.outcome).length - settled
  return rounds.filter((it) => !it.outcome || surplus-- <= 0)
}

async function readBreakers(
  redis: RedisLike,
  keys: NamespaceKeys,
  problems: RecordProblem[],
): Promise<WireView['breakers']> {
  const ids = (await redis.smembers(keys.breakers)).sort()
  const keyOf = (id: string) => {
    const [owner = '', name = ''] = id.split(':')
    return keys.breaker(owner, name)
  }
  const note = (id: string, problem: string) => problems.push({ key: keyOf(id), problem })
  const breakers: WireView['breakers'] = []
  for (const { id, hash } of await readHashes(redis, ids, keyOf, note)) {
    const parsed = parseBreaker(hash)
    if (parsed.ok) breakers.push(parsed.value)
    else note(id, parsed.problem)
  }
  return breakers
}

/** The ids of one kind in the list of deadlines: whatever of it has not settled. */
export async function membersOfKind(
  redis: RedisLike,
  keys: NamespaceKeys,
  kind: string,
): Promise<string[]> {
  // In one piece: beats move members while pages would be read, and some would be missed.
  const members = await redis.zrange(keys.deadlines, '0', '-1')
  const prefix = `${kind}:`
  return members.filter((it) => it.startsWith(prefix)).map((it) => it.slice(prefix.length))
}

async function readMarks(
  redis: RedisLike,
  keys: NamespaceKeys,
  problems: RecordProblem[],
): Promise<AttentionMark[]> {
  const marks: AttentionMark[] = []
  for (const [entry, json] of Object.entries(await redis.hgetall(keys.attention))) {
    const parsed = attentionMarkSchema.safeParse(parseJsonText(json))
    if (parsed.success) marks.push(parsed.data)
    else
      problems.push({ key: `${keys.attention} ${entry}`, problem: z.prettifyError(parsed.error) })
  }
  return marks.sort((a, b) => a.at - b.at)
}

async function readMonitor(
  redis: RedisLike,
  keys: NamespaceKeys,
  problems: RecordProblem[],
): Promise<MonitorView> {
  const hash = await redis.hgetall(keys.monitor)
  const parsed = monitorViewSchema.safeParse({
    ...(hash.lastSweepAt ? { lastSweepAt: Number(hash.lastSweepAt) } : {}),
    ...(hash.graceUntil ? { graceUntil: Number(hash.graceUntil) } : {}),
    ...(hash.graceCause ? { graceCause: hash.graceCause } : {}),
  })
  if (parsed.success) return parsed.data
  problems.push({ key: keys.monitor, problem: z.prettifyError(parsed.error) })
  return {}
}
