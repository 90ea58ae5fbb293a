import { expect, test } from 'vitest'
import { readServerConfig } from '@/lib/config/server-config'
import { programOf } from '@/server/spawner/program-of'

const command = ['node', 'worker.js']
const environmentOf = (env: Record<string, string>) => {
  const config = readServerConfig({
    BLOCKING_COORDINATION_SECRET: 'a secret that is longer than 32 bytes',
    SIGNALBOX_SPAWN: JSON.stringify({ '*': { command } }),
    ...env,
  })
  const { env: told } = programOf(config, 'any') ?? { env: {} }
  return Object.fromEntries(Object.entries(told).filter(([name]) => name.startsWith('REDIS_')))
}

test('a replacement is told of one Redis by its URL, and by its parts', () => {
  expect(environmentOf({ REDIS_URL: 'rediss://kim:p%40ss@[::1]:6380/3' })).toEqual({
    REDIS_URL: 'rediss://kim:p%40ss@[::1]:6380/3',
    REDIS_HOST: '::1',
    REDIS_PORT: '6380',
    REDIS_PASSWORD: 'p@ss',
  })
})

test('a replacement is told of Sentinels as the control room was', () => {
  const told = {
    REDIS_SENTINELS: 'a:26379,[::1]:7000',
    REDIS_SENTINEL_NAME: 'box',
    REDIS_SENTINEL_PASSWORD: 'sentinel',
    REDIS_USERNAME: 'kim',
    REDIS_PASSWORD: 'p@ss',
  }
  expect(environmentOf(told)).toEqual(told)
})
