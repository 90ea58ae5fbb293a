import { expect } from 'vitest'
import type { BoxEvent, EventOf, EventType } from '@/lib/protocol/events'
import { parseSignalRecord } from '@/lib/redis/records/signal-record'
import { until } from '../../../until'
import { expectFoldToEqualRecords } from '../fold-and-records'
import type { SignalsHarness } from '../signals-harness'
import type { World } from './world'

/** What the world counts the refusals of; hearts and breakers write too, and tell nobody. */
const TOLD: ReadonlySet<string> = new Set([
  'recordActivity',
  'storeWorkItem',
  'completeWorkItem',
  'acknowledgeSignal',
  'completeSignal',
])

const ANSWERED: ReadonlySet<string> = new Set(['acked', 'completed'])

/** Reads all that was written, and finds each promise kept. */
export async function checkHistory(box: SignalsHarness, world: World): Promise<void> {
  await untilQuiet(box)
  const events = await box.ns.events()
  const of = <T extends EventType>(type: T) =>
    events.filter((it) => it.type === type) as EventOf<T>[]

  await checkSignals(box, world, events)

  // Once per life, however many asked; and every one of them was told the same.
  const escalated = of('coordinator.escalated')
  expectUnique(escalated.map((it) => `${it.entity} ${it.data.epoch}`))
  const claims = world.escalations.filter((it) => it.claimed).map((it) => it.newId)
  expect(escalated.map((it) => it.data.newCoordinatorId).sort()).toEqual(claims.sort())
  for (const { newId } of world.escalations) expect(claims).toContain(newId)
  expect(of('spawn.requested')).toHaveLength(escalated.length)

  // No incarnation twice, and epochs of an id only grow.
  const registered = of('coordinator.registered')
  expectUnique(registered.map((it) => `${it.entity} ${it.data.epoch}`))
  // A process that was given up before its first beat, and came after all, has a new epoch.
  expectUnique(registered.map((it) => `${it.data.epoch} ${it.data.instance}`))
  const epochs = new Map<string, number>()
  for (const { entity, data } of registered) {
    expect(data.epoch).toBeGreaterThan(epochs.get(entity) ?? 0)
    epochs.set(entity, data.epoch)
  }

  // One death at a time: who died again had lived again.
  const dead = new Set<string>()
  for (const { type, entity } of events) {
    if (type === 'coordinator.timed_out') {
      expect(dead).not.toContain(entity)
      dead.add(entity)
    } else if (type === 'coordinator.recovered' || type === 'coordinator.registered') {
      dead.delete(entity)
    }
  }

  // Each item was stored by who held it, and moved or ended once: the fold below says the same by number.
  expectUnique(of('work.completed').map((it) => it.data.workId))
  expect(of('work.completed')).toHaveLength(world.done.size)
  expect(new Set(of('work.stored').map((it) => it.data.workId))).toEqual(
    new Set(world.stored.keys()),
  )

  // What was refused is counted, one by one.
  const refused = of('coordinator.write_refused')
  expect(refused.filter((it) => TOLD.has(it.data.operation))).toHaveLength(world.refusals)
  const counts = new Map<string, number>()
  for (const { entity, data } of refused) {
    expect(data.count).toBe((counts.get(entity) ?? 0) + 1)
    counts.set(entity, data.count)
  }

  await expectFoldOnceQuiet(box)
}

/** Every accepted (signal, target) is pending with its holder, or ended once, and visibly. */
async function checkSignals(box: SignalsHarness, world: World, events: BoxEvent[]) {
  const ends = new Map<string, string[]>()
  const end = (how: string, signalId: string, targets: readonly string[]) => {
    for (const target of targets) {
      const pair = `${signalId} ${target}`
      ends.set(pair, [...(ends.get(pair) ?? []), how])
    }
  }
  for (const { type, data } of events) {
    if (type === 'signal.acked') end('acked', data.signalId, [data.target])
    else if (type === 'signal.cancelled') end('cancelled', data.signalId, data.targets)
    else if (type === 'signal.expired') end('expired', data.signalId, data.targets)
  }

  const inboxes = new Map<string, string[]>()
  for (const id of world.ids) {
    for (const [, [, signalId, , target]] of await box.redis.xrange(
      box.ns.keys.inbox(id),
      '-',
      '+',
    )) {
      const pair = `${signalId} ${target}`
      inboxes.set(pair, [...(inboxes.get(pair) ?? []), id])
    }
  }

  // Whoever was replaced has nothing left: its replacement has it.
  for (const [pair, [holder = '']] of inboxes) {
    expect([pair, await box.ns.liveness(holder)]).not.toEqual([pair, 'escalated'])
  }

  expectUnique(world.sent.map((it) => it.signalId))
  const checker = box.manager('checker', { register: false })
  for (const { signalId, targets } of world.sent) {
    const parsed = parseSignalRecord(await box.redis.hgetall(box.ns.keys.signalRecord(signalId)))
    if (!parsed.ok) throw new Error(`${signalId}: ${parsed.problem}`)
    const acked = parsed.record.view.targets.filter((it) => ANSWERED.has(it.state))
    const named = acked.map((it) => it.coordinatorId)
    const acks = await checker.waitForAcks(named, signalId, 20_000)
    // Without a wait it answers what it can learn at once, which on a busy machine may be nothing.
    const atOnce = await checker.waitForAcks(targets, signalId, 0)
    expect(named).toEqual(expect.arrayContaining([...atOnce.keys()]))
    for (const target of targets) {
      const pair = `${signalId} ${target}`
      const it = parsed.record.view.targets.find((one) => one.coordinatorId === target)
      const state = it?.state === 'completed' ? 'acked' : it?.state
      expect([pair, ends.get(pair) ?? ['pending']]).toEqual([pair, [state]])
      const holders = state === 'pending' ? [it?.heldBy ?? target] : []
      expect([pair, inboxes.get(pair) ?? []]).toEqual([pair, holders])
      expect([pair, acks.has(target)]).toEqual([pair, state === 'acked'])
      const by = acks.get(target)?.coordinatorId
      // Who holds it for several targets answers for all of them at once, and is told of one.
      if (by !== world.acked.get(pair)) {
        expect(targets.map((it) => world.acked.get(`${signalId} ${it}`))).toContain(by)
        expect(world.acked.has(pair)).toBe(false)
      }
      if (state === 'cancelled') expect(world.cancelled).toContain(signalId)
    }
  }
  expect(
    [...inboxes.keys()].filter((it) => !world.sent.some((one) => it.startsWith(one.signalId))),
  ).toEqual([])
}

/** A heart or a breaker may tell something between reading the records and reading the log. */
async function expectFoldOnceQuiet(box: SignalsHarness): Promise<void> {
  const { redis, ns } = box
  for (;;) {
    const before = await redis.xlen(ns.keys.events)
    try {
      await expectFoldToEqualRecords(redis, ns)
      return
    } catch (error) {
      if ((await redis.xlen(ns.keys.events)) === before) throw error
    }
  }
}

/** What hearts and breakers tell of themselves comes a little later. */
async function untilQuiet({ redis, ns }: SignalsHarness): Promise<void> {
  let length = -1
  await until(async () => {
    const before = length
    length = await redis.xlen(ns.keys.events)
    return length === before
  }, 5)
}

function expectUnique(all: readonly string[]): void {
  expect(all.filter((it, place) => all.indexOf(it) !== place)).toEqual([])
}
