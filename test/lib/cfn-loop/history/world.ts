import type { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import type {
  BlockingCoordinationSignals,
  SendSignalResult,
} from '@/lib/cfn-loop/blocking-coordination-signals'
import type { Signal, SignalAck } from '@/lib/protocol/signal'
import { isFencedError, isSignalStateError, isUnknownCoordinatorError } from '@/lib/redis/errors'
import { readWorkItems } from '@/lib/redis/stores/work-store'
import { NEVER, type SignalsHarness } from '../signals-harness'
import type { Happening, Operation, Step } from './step'

/** A process under an id. It may hang, go on, be replaced and not know it. */
interface Process {
  readonly id: string
  readonly manager: BlockingCoordinationManager
  /** Another holds its id, or it was replaced: from here on all that it writes has to be refused. */
  fenced: boolean
  left: boolean
  readonly acked: string[]
}

export interface Sent {
  readonly signalId: string
  readonly targets: readonly string[]
  readonly key: string
}

type Liveness = 'starting' | 'active' | 'dead' | 'failed' | 'stopped' | 'escalated'

/** What came of one operation: what has to be said of it before anything else happens. */
type Settle = (() => void) | undefined

const THRESHOLD = 60_000

/** As if a coordinator had been silent since: nobody waits for real. */
const SILENT = `
local liveness = redis.call('HGET', KEYS[1], 'liveness')
if liveness ~= 'active' and liveness ~= 'stale' then return 0 end
redis.call('HSET', KEYS[1], 'lastBeat', ARGV[2])
redis.call('ZADD', KEYS[2], 'XX', ARGV[2], ARGV[1])
return redis.call('ZADD', KEYS[3], 'XX', '1', 'coordinator:' .. ARGV[1])`

/**
 * Lets operations happen on a real Redis, by the public API, and knows what must come of each that happens
 * alone. What the library answered is kept, for whoever reads the whole history afterwards.
 */
export class World {
  readonly ids = ['c-0', 'c-1', 'c-2']
  readonly sent: Sent[] = []
  /** `signal target` by who acknowledged it. */
  readonly acked = new Map<string, string>()
  readonly cancelled = new Set<string>()
  readonly stored = new Map<string, string>()
  readonly done = new Set<string>()
  readonly escalations: { id: string; newId: string; claimed: boolean }[] = []
  /** Refused writes that callers were told of. */
  refusals = 0
  readonly #box: SignalsHarness
  readonly #signals: BlockingCoordinationSignals
  readonly #processes: Process[] = []
  readonly #answers: { readonly signal: Signal; readonly ack: SignalAck }[] = []
  readonly #liveness = new Map<string, Liveness>()
  readonly #monitors
  #count = 0
  readonly #does: Record<Happening, (it: Operation, alone: boolean) => Promise<Settle>> = {
    start: (it, alone) => this.#start(it, alone),
    act: (it, alone) => this.#act(it, alone),
    store: (it, alone) => this.#store(it, alone),
    complete: (it, alone) => this.#complete(it, alone),
    leave: (it) => this.#leave(it),
    send: (it) => this.#send(it),
    broadcast: (it) => this.#broadcast(it),
    repeat: (it) => this.#repeat(it),
    answer: (it, alone) => this.#answer(it, alone),
    again: (it, alone) => this.#again(it, alone),
    finish: (it, alone) => this.#finish(it, alone),
    cancel: (it) => this.#cancel(it),
    expire: (it) => this.#expire(it),
    die: (it) => this.#die(it),
    escalate: (it, alone) => this.#escalate(it, alone),
    miss: (it) => this.#miss(it),
  }

  private constructor(box: SignalsHarness, signals: BlockingCoordinationSignals) {
    this.#box = box
    this.#signals = signals
    this.#monitors = [box.monitor(), box.monitor()]
  }

  static async begin(box: SignalsHarness): Promise<World> {
    const world = new World(box, await box.signals({ redisClient: box.redis }))
    await world.#sweep()
    return world
  }

  async happen(step: Step): Promise<void> {
    const alone = step.length === 1
    const replaced = new Set(this.#processes.filter((it) => it.fenced))
    const settles = await Promise.all(step.map((it) => this.#does[it.does](it, alone)))
    for (const settle of settles) settle?.()
    if (alone) await this.#agree()
    else await this.#learn(replaced)
  }

  async #start({ a }: Operation, alone: boolean): Promise<Settle> {
    const id = pick(this.ids, a) ?? ''
    const manager = this.#box.manager(id, {
      timeoutThreshold: THRESHOLD,
      heartbeatInterval: NEVER,
      trackCompletion: a % 2 === 0,
    })
    const process: Process = { id, manager, fenced: false, left: false, acked: [] }
    const beaten = firstBeat(manager)
    await this.#as(process, alone, () => manager.recordActivity('begins', a))
    if (manager.life.registered?.starting) await beaten
    return () => {
      for (const it of this.#processes) if (it.id === id) it.fenced = true
      this.#processes.push(process)
      this.#liveness.set(id, 'active')
    }
  }

  async #act({ a, b }: Operation, alone: boolean): Promise<Settle> {
    const process = this.#pick(a)
    const acted = await this.#as(process, alone, (it) => it.manager.recordActivity(`phase-${b}`, b))
    return () => {
      // A beat is what says that it lives; all else it may do may come from before it was silent.
      if (process && acted && !process.fenced) this.#liveness.set(process.id, 'active')
    }
  }

  async #store({ a }: Operation, alone: boolean): Promise<undefined> {
    const workId = `w-${this.#next()}`
    await this.#as(this.#pick(a), alone, async (it) => {
      await it.manager.storeWorkItem(workId, { workId })
      this.stored.set(workId, it.id)
    })
  }

  async #complete({ a, b }: Operation, alone: boolean): Promise<undefined> {
    const workId = pick([...this.stored.keys()], b) ?? 'nothing'
    await this.#as(this.#pick(a), alone, async (it) => {
      const holds = this.stored.get(workId) === it.id && !this.done.has(workId)
      const completed = await it.manager.completeWorkItem(workId)
      if (alone && completed !== holds) {
        throw new Error(`${it.id} completes ${workId}: ${completed}, and holds it: ${holds}`)
      }
      if (completed && this.done.has(workId)) throw new Error(`${workId} was completed twice`)
      if (completed) this.done.add(workId)
    })
  }

  async #leave({ a }: Operation): Promise<Settle> {
    const process = this.#pick(a)
    if (!process) return
    process.left = true
    await process.manager.cleanup()
    return () => {
      if (!process.fenced) this.#liveness.set(process.id, 'stopped')
    }
  }

  async #send({ a, b }: Operation): Promise<undefined> {
    const target = pick(this.ids, a) ?? ''
    const key = `k-${this.#next()}`
    const options = { idempotencyKey: key }
    const sent = await this.#signals.sendSignal('outside', target, 'completion', b, null, options)
    this.#accepted(sent, [target], key)
  }

  async #broadcast({ a, b }: Operation): Promise<undefined> {
    const targets = [...new Set([pick(this.ids, a), pick(this.ids, b)])].filter(
      (it) => it !== undefined,
    )
    const key = `k-${this.#next()}`
    const options = { idempotencyKey: key }
    const sent = await this.#signals.broadcast('outside', targets, 'retry', b, null, options)
    this.#accepted(sent, targets, key)
  }

  async #repeat({ a, b }: Operation): Promise<undefined> {
    const before = pick(this.sent, a)
    if (!before) return
    const type = before.signalId.includes(':retry:') ? 'retry' : 'completion'
    const iteration = Number(before.signalId.split(':')[3])
    const options = { idempotencyKey: before.key }
    const payload = b % 2 === 0 ? null : { other: b }
    const how = ['outside', before.targets, type, iteration, payload, options] as const
    const again = await this.#signals.broadcast(...how).catch((error: unknown) => error as Error)
    const same = payload === null
    if (again instanceof Error) {
      if (same || again.name !== 'IdempotencyConflictError') throw again
    } else if (!same || !again.isDuplicate || again.messageId !== before.signalId) {
      throw new Error(`${before.key} was accepted again, as ${again.messageId}`)
    }
  }

  async #answer({ a }: Operation, alone: boolean): Promise<undefined> {
    const process = this.#pick(a)
    if (!process) return
    const signal = await process.manager.waitForSignal({ timeoutMs: 0 }).catch(unlessFenced)
    // It may have left while it was given it: then its replacement or its next life is.
    if (!signal || process.left) return
    // The one that was given it: others may have come or gone since.
    await this.#as(process, alone, async (it) => {
      try {
        const ack = await it.manager.acknowledgeSignal(signal)
        const pair = `${ack.signalId} ${ack.onBehalfOf}`
        const before = this.acked.get(pair)
        if (before && before !== ack.coordinatorId) {
          throw new Error(`${pair} was acknowledged by ${before} and by ${ack.coordinatorId}`)
        }
        this.acked.set(pair, ack.coordinatorId)
        it.acked.push(ack.signalId)
        this.#answers.push({ signal, ack })
      } catch (error) {
        // It was cancelled, or expired, since it was read: what is read ahead is given out for 20 ms.
        if (!isSignalStateError(error)) throw error
      }
    })
  }

  async #again({ a, b }: Operation, alone: boolean): Promise<undefined> {
    const process = this.#pick(a)
    const before = pick(
      this.#answers.filter((it) => it.ack.coordinatorId === process?.id),
      b,
    )
    if (!before) return
    await this.#as(process, alone, async (it) => {
      const ack = await it.manager.acknowledgeSignal(before.signal)
      if (ack.mac !== before.ack.mac) throw new Error(`${ack.signalId} has another ACK now`)
    })
  }

  async #finish({ a, b }: Operation, alone: boolean): Promise<undefined> {
    const signalId = pick(this.#pick(a)?.acked ?? [], b)
    if (!signalId) return
    await this.#as(this.#pick(a), alone, async (it) => {
      if (!(await it.manager.completeSignal(signalId, b))) {
        throw new Error(`${it.id} acknowledged ${signalId}, and cannot complete it`)
      }
    })
  }

  async #cancel({ a }: Operation): Promise<undefined> {
    const sent = pick(this.sent, a)
    if (sent && (await this.#signals.cancelSignal(sent.signalId))) this.cancelled.add(sent.signalId)
  }

  async #expire({ a }: Operation): Promise<undefined> {
    const sent = pick(this.sent, a)
    if (sent) await this.#due(`signal:${sent.signalId}`)
  }

  async #die({ a }: Operation): Promise<Settle> {
    const id = pick(this.ids, a) ?? ''
    const { redis, ns } = this.#box
    const keys = [ns.keys.coordinator(id), ns.keys.beats, ns.keys.deadlines]
    await redis.eval(SILENT, keys.length, ...keys, id, Date.now() - 2 * THRESHOLD)
    await this.#sweep()
    return () => {
      if (this.#liveness.get(id) === 'active') this.#liveness.set(id, 'dead')
    }
  }

  async #escalate({ a }: Operation, alone: boolean): Promise<Settle> {
    const id = pick(this.ids, a) ?? ''
    const before = this.#liveness.get(id)
    const done = await this.#box.escalate(id).catch((error: unknown) => {
      if (isUnknownCoordinatorError(error)) return undefined
      throw error
    })
    if (!done) return
    const { newCoordinatorId: newId, claimed } = done
    this.escalations.push({ id, newId, claimed })
    if (alone && claimed !== (before !== undefined && before !== 'escalated')) {
      throw new Error(
        `${id} was ${before ?? 'unknown'}, and its escalation was claimed: ${claimed}`,
      )
    }
    return () => {
      if (!claimed) return
      this.ids.push(newId)
      for (const it of this.#processes) if (it.id === id) it.fenced = true
      for (const [workId, holder] of this.stored) if (holder === id) this.stored.set(workId, newId)
      this.#liveness.set(id, 'escalated').set(newId, 'starting')
    }
  }

  async #miss({ a }: Operation): Promise<Settle> {
    const id = pick(this.ids, a) ?? ''
    await this.#due(`spawn:${id}`)
    return () => {
      if (this.#liveness.get(id) === 'starting') this.#liveness.set(id, 'failed')
    }
  }

  /** As one of the processes, whether or not it may still write. @returns whether it was let */
  async #as(
    process: Process | undefined,
    alone: boolean,
    act: (it: Process) => Promise<void>,
  ): Promise<boolean> {
    if (!process) return false
    const { fenced } = process
    try {
      await act(process)
    } catch (error) {
      if (!isFencedError(error)) throw error
      this.refusals += 1
      if (alone && !fenced) throw new Error(`${process.id} was refused, and nobody replaced it`)
      return false
    }
    if (fenced) throw new Error(`a write of ${process.id} that was replaced went through`)
    return true
  }

  #pick(chosen: number): Process | undefined {
    return pick(
      this.#processes.filter((it) => !it.left),
      chosen,
    )
  }

  #accepted(result: SendSignalResult, targets: readonly string[], key: string): void {
    if (result.isDuplicate)
      throw new Error(`${result.messageId} is new, and said to be a duplicate`)
    this.sent.push({ signalId: result.messageId, targets, key })
  }

  /** As if the time had come; whoever monitors claims it. */
  async #due(member: string): Promise<void> {
    await this.#box.redis.zadd(this.#box.ns.keys.deadlines, 'XX', 1, member)
    await this.#sweep()
  }

  /** Two monitors at the same time: what one has claimed the other must leave. */
  async #sweep(): Promise<void> {
    for (const { problems } of await Promise.all(this.#monitors.map((it) => it.sweep()))) {
      if (problems.length > 0) throw new Error(problems.join(', '))
    }
  }

  /** After what happened alone: everybody is what they have to be, and holds what they have to hold. */
  async #agree(): Promise<void> {
    for (const [id, expected] of this.#liveness) {
      const found = await this.#box.ns.liveness(id)
      if (found !== expected) throw new Error(`${id} is ${found}, and has to be ${expected}`)
    }
    const held = await this.#holders()
    for (const [workId, holder] of this.stored) {
      const expected = this.done.has(workId) ? undefined : holder
      if (held.get(workId) !== expected) {
        throw new Error(`${workId} is held by ${held.get(workId)}, and has to be by ${expected}`)
      }
    }
  }

  /** After a race: any order is right, and the records say which it was. */
  async #learn(replacedBefore: ReadonlySet<Process>): Promise<void> {
    for (const id of this.ids) {
      const { liveness, epoch, instance } = await this.#box.ns.record(id)
      if (!liveness) continue
      this.#liveness.set(id, (liveness === 'stale' ? 'active' : liveness) as Liveness)
      for (const it of this.#processes.filter((process) => process.id === id)) {
        const mine = it.manager.life.incarnation
        const replaced = mine?.instance !== instance || String(mine?.epoch) !== epoch
        if (replacedBefore.has(it) && !replaced)
          throw new Error(`${id} holds its id again after it was replaced`)
        it.fenced = replaced
      }
    }
    const held = await this.#holders()
    for (const [workId, holder] of held) {
      if (!this.stored.has(workId) || this.done.has(workId)) {
        throw new Error(`${workId} is held by ${holder}, and should be by nobody`)
      }
      this.stored.set(workId, holder)
    }
    for (const workId of this.stored.keys()) {
      if (!held.has(workId) && !this.done.has(workId)) throw new Error(`${workId} is lost`)
    }
  }

  /** By work item, its only holder. */
  async #holders(): Promise<Map<string, string>> {
    const held = new Map<string, string>()
    for (const id of this.ids) {
      for (const { workId } of await readWorkItems(this.#box.redis, this.#box.ns.keys, id)) {
        const other = held.get(workId)
        if (other) throw new Error(`${workId} is held by ${other} and by ${id}`)
        held.set(workId, id)
      }
    }
    return held
  }

  #next(): number {
    this.#count += 1
    return this.#count
  }
}

const pick = <T>(from: readonly T[], chosen: number): T | undefined => from[chosen % from.length]

/** A replacement beats once by itself, a moment after it has begun: until then it does not stay dead. */
const firstBeat = ({ life }: BlockingCoordinationManager) =>
  new Promise<void>((resolve) => {
    for (const end of ['beat', 'beat:failed', 'fenced'] as const) life.once(end, () => resolve())
  })

const unlessFenced = (error: unknown) => {
  if (isFencedError(error)) return null
  throw error
}
