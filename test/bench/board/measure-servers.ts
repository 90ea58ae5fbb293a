import type { Redis } from 'ioredis'
import { spreadOf } from '../harness/statistics'
import type { BoardWorld } from './board-world'
import { type BoardSection, below } from './figures'
import { type ProductionServer, startServer } from './production-server'
import { type RedisUse, watchRedis } from './redis-use'

const SETTLE_MS = 1500

/**
 * What each further server adds to Redis' load: with one, with two, with three, in turns, so that
 * whatever else the machine does meets all of them.
 */
export async function measureServers(
  world: BoardWorld,
  redis: Redis,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<BoardSection> {
  const more: ProductionServer[] = []
  const shares: Record<'second' | 'third', number[]> = { second: [], third: [] }
  const commands: Record<'second' | 'third', number[]> = { second: [], third: [] }
  const measure = async (round: number): Promise<RedisUse> => {
    await world.pause(SETTLE_MS)
    const use = await watchRedis(redis)
    await world.countDown(`servers, round ${round}`, seconds)
    return use.stop()
  }
  let alone = 0
  try {
    for (let round = 1; round <= rounds; round++) {
      const one = await measure(round)
      more.push(await startServer(world.redis.url, world.secret))
      const two = await measure(round)
      more.push(await startServer(world.redis.url, world.secret))
      const three = await measure(round)
      for (const server of more.splice(0)) await server.stop()
      alone = one.cores
      shares.second.push(two.cores / one.cores - 1)
      shares.third.push(three.cores / two.cores - 1)
      commands.second.push(two.commandsPerSecond - one.commandsPerSecond)
      commands.third.push(three.commandsPerSecond - two.commandsPerSecond)
    }
  } finally {
    for (const server of more) await server.stop()
  }
  const percent = (values: readonly number[]) => spreadOf(values).median * 100
  return {
    name: 'servers',
    title: 'A second and a third server',
    note: `${world.about}; Redis' processor time with one, two and three servers, ${rounds} rounds of ${seconds} s each, medians.`,
    figures: [
      { name: 'Redis with one server, processor', value: alone, unit: 'cores' },
      ...(['second', 'third'] as const).flatMap((which) => [
        {
          name: `the ${which} server adds`,
          value: percent(shares[which]),
          unit: '%',
          goal: below(5, '%'),
        },
        {
          name: `commands of the ${which}`,
          value: spreadOf(commands[which]).median,
          unit: 'a second',
        },
      ]),
    ],
  }
}
