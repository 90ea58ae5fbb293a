import { z } from 'zod'
import { type CoordinatorView, coordinatorViewSchema, waitSchema } from '../../protocol/coordinator'
import { SEQUENCE_START } from '../../protocol/ids'
import { type SpawnView, spawnViewSchema } from '../../protocol/view'

/** The hash `coordinator:<id>`; all values are strings. */
export type CoordinatorHash = Record<string, string>

export type ParsedRecord<T> = { ok: true; value: T } | { ok: false; problem: string }

const number = (text: string | undefined) =>
  text === undefined || text === '' ? undefined : Number(text)

/** A coordinator as the board shows it. Foreign and malformed records are a problem to report, never an exception. */
export function parseCoordinator(id: string, hash: CoordinatorHash): ParsedRecord<CoordinatorView> {
  const waits = parseWaits(hash)
  if (!waits.ok) return waits
  const parsed = coordinatorViewSchema.safeParse({
    id,
    swarmId: hash.swarm,
    liveness: hash.liveness,
    ...(hash.phase ? { phase: hash.phase } : {}),
    iteration: number(hash.iteration),
    epoch: number(hash.epoch),
    ...(hash.instance ? { instance: hash.instance } : {}),
    thresholdMs: number(hash.seenThreshold),
    heartbeatIntervalMs: number(hash.heartbeat),
    registeredAt: number(hash.registeredAt),
    lastBeat: number(hash.lastBeat),
    ...(hash.actionWhat
      ? { lastAction: { what: hash.actionWhat, at: number(hash.actionAt) } }
      : {}),
    waits: waits.value,
    livenessSince: number(hash.livenessSince),
    ...(hash.pid || hash.host
      ? {
          process: {
            ...(hash.pid ? { pid: number(hash.pid) } : {}),
            ...(hash.host ? { host: hash.host } : {}),
          },
        }
      : {}),
    ...(hash.label ? { label: hash.label } : {}),
    ...(hash.byHand === '1' ? { byHand: true } : {}),
    ...(hash.replaces ? { replaces: hash.replaces } : {}),
    ...(hash.replacedBy ? { replacedBy: hash.replacedBy } : {}),
    ...(hash.startDeadline ? { startDeadline: number(hash.startDeadline) } : {}),
    workItems: number(hash.workItems) ?? 0,
    refusedWrites: number(hash.refused) ?? 0,
    seq: hash.ev ?? SEQUENCE_START,
  })
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: z.prettifyError(parsed.error) }
}

function parseWaits(hash: CoordinatorHash): ParsedRecord<CoordinatorView['waits']> {
  const waits: CoordinatorView['waits'] = []
  for (const [field, json] of Object.entries(hash)) {
    if (!field.startsWith('w:')) continue
    try {
      waits.push(waitSchema.parse(JSON.parse(json)))
    } catch {
      return { ok: false, problem: `${field} is not a wait` }
    }
  }
  waits.sort((a, b) => a.since - b.since || (a.waitId < b.waitId ? -1 : 1))
  return { ok: true, value: waits }
}

/** The request for this replacement, as long as it is not settled; undefined where there is none. */
export function parseSpawn(id: string, hash: CoordinatorHash): ParsedRecord<SpawnView> | undefined {
  if (!hash.spawnState) return undefined
  const parsed = spawnViewSchema.safeParse({
    coordinatorId: id,
    replaces: hash.replaces,
    swarmId: hash.swarm,
    state: hash.spawnState,
    deadline: number(hash.spawnDeadline),
    ...(hash.spawner ? { spawnerId: hash.spawner } : {}),
    ...(hash.spawnReason ? { reason: hash.spawnReason } : {}),
    at: number(hash.spawnAt),
    seq: hash.spawnEv ?? SEQUENCE_START,
  })
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: z.prettifyError(parsed.error) }
}
