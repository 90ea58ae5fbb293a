import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import { DeadlineMonitor } from '@/lib/cfn-loop/deadline-monitor'
import { type NamespaceKeys, namespaceKeys } from '@/lib/redis/keys'
import { createScriptRunner, type ScriptRunner } from '@/lib/redis/run-script'
import type { TestRedis } from '../../redis'
import { startBenchRedis } from '../harness/bench-redis'
import type { Contender, Figures, Row } from '../harness/row'
import { OURS } from '../harness/signal-peer'
import { quantile } from '../harness/statistics'
import { type ScannedHearts, scanForDead, sortedHearts } from '../peers/stale-hearts'

const SIZES = { few: 1000, more: 10_000, most: 100_000 } as const
type Size = keyof typeof SIZES
const sizes = Object.keys(SIZES) as Size[]

/** Deaths per round. */
const DEATHS = 20

export const deaths: Row = {
  name: 'deaths',
  title: 'A death among the living',
  note: 'One check that finds one who has fallen silent, and claims the death: among 1,000, 10,000 and 100,000 who beat.',
  figures: sizes.map((it) => ({
    key: it,
    title: `among ${SIZES[it].toLocaleString('en-US')}`,
    unit: 'ms' as const,
  })),
  goals: [
    { text: 'at most 2 ms among 100,000', figure: 'most', atMost: 2 },
    {
      text: 'flat: among 100,000 as among 1,000, within a half',
      figure: 'most',
      against: 'few',
      atMost: 1.5,
    },
  ],
  prepare: async (context) => {
    const places = await Promise.all(
      sizes.map(async (size) => {
        const redis = await startBenchRedis()
        return [size, redis] as const
      }),
    )
    const contenders = [new OurCheck(), new ScanCheck(), new SortedSetCheck()]
    for (const [size, redis] of places) {
      context.say(`deaths: ${SIZES[size].toLocaleString('en-US')} coordinators register`)
      for (const it of contenders) await it.fill(size, redis)
    }
    return {
      contenders,
      close: async () => {
        await Promise.all(places.map(([, redis]) => redis.stop()))
      },
    }
  },
}

/** Finds one death per check, in the Redis of each size. */
abstract class DeathCheck implements Contender {
  abstract readonly name: string
  readonly ours: boolean = false

  async measure(): Promise<Figures> {
    const figures: Record<string, number> = {}
    for (const size of sizes) {
      const times: number[] = []
      for (let count = 0; count < this.deathsPerRound; count++) {
        await this.dieAmong(size)
        const startedAt = performance.now()
        const found = await this.check(size)
        times.push(performance.now() - startedAt)
        if (found !== 1) throw new Error(`${this.name} found ${found} deaths instead of one`)
      }
      figures[size] = quantile(times, 0.5)
    }
    return figures
  }

  protected readonly deathsPerRound: number = DEATHS
  abstract fill(size: Size, redis: TestRedis): Promise<void>
  /** One falls silent for longer than it may. */
  protected abstract dieAmong(size: Size): Promise<void>
  /** Answers how many were found. */
  protected abstract check(size: Size): Promise<number>
}

/** Registered with a threshold of a day, they live for as long as this takes. */
const LIVES_MS = 86_400_000
const AT_ONCE = 1000

class OurCheck extends DeathCheck {
  readonly name = OURS
  override readonly ours = true
  readonly #keys: NamespaceKeys = namespaceKeys('bench')
  readonly #places = new Map<Size, { runner: ScriptRunner; monitor: DeadlineMonitor }>()
  #victims = 0

  async fill(size: Size, redis: TestRedis): Promise<void> {
    const runner = createScriptRunner(redis.client(), this.#keys)
    const monitor = new DeadlineMonitor({
      runner,
      monitorId: 'bench',
      intervalMs: 60_000,
      autoCleanup: true,
    })
    await monitor.sweep()
    for (let from = 0; from < SIZES[size]; from += AT_ONCE) {
      await Promise.all(
        Array.from({ length: AT_ONCE }, (_, at) =>
          this.#register(runner, `living-${from + at}`, LIVES_MS),
        ),
      )
    }
    this.#places.set(size, { runner, monitor })
  }

  protected async dieAmong(size: Size): Promise<void> {
    this.#victims += 1
    await this.#register(this.#place(size).runner, `victim-${this.#victims}`, 1)
    await sleep(10)
  }

  protected async check(size: Size): Promise<number> {
    return (await this.#place(size).monitor.sweep()).due
  }

  override async measure(): Promise<Figures> {
    const figures = await super.measure()
    for (const size of sizes) {
      const { redis } = this.#place(size).runner
      const last = this.#keys.coordinator(`victim-${this.#victims}`)
      const liveness = await redis.hget(last, 'liveness')
      if (size === sizes.at(-1) && liveness !== 'dead') {
        throw new Error(`the last victim is ${liveness}`)
      }
    }
    return figures
  }

  #place(size: Size) {
    const place = this.#places.get(size)
    if (!place) throw new Error(`nobody registered in the Redis of ${size}`)
    return place
  }

  async #register(runner: ScriptRunner, id: string, thresholdMs: number): Promise<void> {
    const { coordinator, events, beats, deadlines, settings } = this.#keys
    const [code] = await runner.run(
      'registerCoordinator',
      [coordinator(id), events, beats, deadlines, settings],
      [id, 'instance', '', 0, 'bench', '', '', thresholdMs, LIVES_MS, 1, 'bench', '', '', ''],
    )
    if (code !== 'OK') throw new Error(`registering ${id} answered ${code}`)
  }
}

class ScanCheck extends DeathCheck {
  readonly name = 'SCAN + GET'
  protected override readonly deathsPerRound = 1
  readonly #places = new Map<Size, ScannedHearts>()

  async fill(size: Size, redis: TestRedis): Promise<void> {
    this.#places.set(size, await scanForDead(databaseOf(redis), SIZES[size]))
  }

  protected async dieAmong(size: Size): Promise<void> {
    await this.#places.get(size)?.die()
  }

  protected async check(size: Size): Promise<number> {
    return (await this.#places.get(size)?.check()) ?? 0
  }
}

class SortedSetCheck extends DeathCheck {
  readonly name = 'bare sorted set'
  readonly #places = new Map<Size, ScannedHearts>()

  async fill(size: Size, redis: TestRedis): Promise<void> {
    this.#places.set(size, await sortedHearts(databaseOf(redis), SIZES[size]))
  }

  protected async dieAmong(size: Size): Promise<void> {
    await this.#places.get(size)?.die()
  }

  protected async check(size: Size): Promise<number> {
    return (await this.#places.get(size)?.check()) ?? 0
  }
}

/** A database of their own: what others store there must not be scanned. */
function databaseOf(redis: TestRedis): Redis {
  return redis.client({ db: 1 })
}
