import type { Redis } from 'ioredis'

export interface RedisUse {
  /** Of one core. */
  readonly cores: number
  readonly commandsPerSecond: number
  readonly memoryMegabytes: number
}

/** What Redis itself says that it took between now and `stop`. */
export async function watchRedis(redis: Redis): Promise<{ stop(): Promise<RedisUse> }> {
  const first = await look(redis)
  return {
    stop: async () => {
      const last = await look(redis)
      const seconds = (last.at - first.at) / 1000
      return {
        cores: (last.processor - first.processor) / seconds,
        commandsPerSecond: (last.commands - first.commands) / seconds,
        memoryMegabytes: last.memory / 1024 ** 2,
      }
    },
  }
}

async function look(redis: Redis) {
  const text = await redis.info('everything')
  const number = (name: string) => Number(new RegExp(`^${name}:(.+)$`, 'm').exec(text)?.[1])
  return {
    at: performance.now(),
    processor: number('used_cpu_user') + number('used_cpu_sys'),
    commands: number('total_commands_processed'),
    memory: number('used_memory'),
  }
}
