import { describe, expect, test } from 'vitest'
import { LIMITS, limitsOf } from '@/lib/auth/limiter'
import { publicOrigins } from '@/lib/config/public-origins'
import { readServerConfig, ServerConfigError } from '@/lib/config/server-config'
import { serverVariables } from '@/lib/config/server-variables'

const secret = 'a secret that is longer than 32 bytes'
const read = (env: Record<string, string> = {}) =>
  readServerConfig({ BLOCKING_COORDINATION_SECRET: secret, ...env })

function linesOf(env: Record<string, string>): readonly string[] {
  try {
    readServerConfig(env)
  } catch (error) {
    if (error instanceof ServerConfigError) return error.lines
    throw error
  }
  return []
}

describe('the environment of the control room', () => {
  test('needs nothing but the secret', () => {
    expect(read()).toMatchObject({
      host: '127.0.0.1',
      port: 3400,
      redis: { host: '127.0.0.1', port: 6379, database: 0, tls: false },
      development: false,
    })
  })

  test('takes an empty variable as one that is not set', () => {
    expect(read({ PORT: '', REDIS_URL: '', SIGNALBOX_URL: '' }).port).toBe(3400)
  })

  test('tells every rule that is broken at once, and never a value', () => {
    const lines = linesOf({
      BLOCKING_COORDINATION_SECRET: 'hunter2',
      PORT: 'http',
      REDIS_URL: 'http://:hunter2@x',
      SIGNALBOX_SPAWN: '{"*": hunter2}',
    })
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([
      'BLOCKING_COORDINATION_SECRET',
      'PORT',
      'REDIS_URL',
      'SIGNALBOX_SPAWN',
    ])
    expect(lines.join()).toContain('at least 32 bytes')
    expect(lines.join()).not.toContain('hunter2')
  })

  test('says what the secret is for where there is none', () => {
    expect(linesOf({})).toEqual([
      'BLOCKING_COORDINATION_SECRET is needed: the key that ACKs are signed with, shared with the coordinators.',
    ])
  })

  test('counts bytes of the secret, not letters', () => {
    expect(linesOf({ BLOCKING_COORDINATION_SECRET: 'ü'.repeat(15) })).toHaveLength(1)
    expect(linesOf({ BLOCKING_COORDINATION_SECRET: 'ü'.repeat(16) })).toHaveLength(0)
  })

  test('holds a second secret to the same rule, and replicas to whole numbers', () => {
    const rules = { BLOCKING_COORDINATION_SECRET: secret }
    expect(linesOf({ ...rules, BLOCKING_COORDINATION_SECOND_SECRET: 'hunter2' })).toEqual([
      'BLOCKING_COORDINATION_SECOND_SECRET must be at least 32 bytes long.',
    ])
    expect(linesOf({ ...rules, BLOCKING_COORDINATION_REPLICAS: 'some' })).toHaveLength(1)
    expect(read()).toMatchObject({ secondSecret: undefined, replicas: 0 })
    const both = { BLOCKING_COORDINATION_SECOND_SECRET: `${secret}!` }
    expect(read({ ...both, BLOCKING_COORDINATION_REPLICAS: '2' })).toMatchObject({
      secondSecret: `${secret}!`,
      replicas: 2,
    })
  })

  test('sets the limits of people and machines, each within bounds', () => {
    expect({ ...LIMITS, ...limitsOf(read().limits) }).toEqual(LIMITS)
    const told = limitsOf(
      read({
        SIGNALBOX_SIGN_IN_TRIES: '3',
        SIGNALBOX_ACTIONS_A_MINUTE: '40',
        SIGNALBOX_MACHINE_CALLS_A_MINUTE: '9000',
      }).limits,
    )
    expect(told).toMatchObject({
      signIn: { most: 3, windowMs: LIMITS.signIn.windowMs },
      signInsFrom: { most: 30 },
      actions: { most: 40 },
      machineCalls: { most: 9000 },
    })
    const none = { BLOCKING_COORDINATION_SECRET: secret, SIGNALBOX_SIGN_IN_TRIES: '0' }
    expect(linesOf(none).join()).toMatch(/^SIGNALBOX_SIGN_IN_TRIES /)
  })

  test('reads where Redis is out of one URL, before host and port', () => {
    const { redis } = read({
      REDIS_URL: 'rediss://kim:p%40ss@redis.example:6380/3',
      REDIS_HOST: 'elsewhere',
    })
    expect(redis).toEqual({
      host: 'redis.example',
      port: 6380,
      username: 'kim',
      password: 'p@ss',
      database: 3,
      tls: true,
    })
    expect(read({ REDIS_URL: 'redis://[::1]', REDIS_PASSWORD: 'x' }).redis).toMatchObject({
      host: '::1',
      port: 6379,
      password: 'x',
    })
  })

  test('reads Sentinels instead of one address', () => {
    const { redis } = read({ REDIS_SENTINELS: 'a.example, [::1]:7000', REDIS_PASSWORD: 'x' })
    expect(redis).toEqual({
      sentinels: {
        hosts: [
          { host: 'a.example', port: 26_379 },
          { host: '::1', port: 7000 },
        ],
        name: 'mymaster',
        password: undefined,
      },
      username: undefined,
      password: 'x',
      database: 0,
      tls: false,
    })
    const rule = 'REDIS_SENTINELS must be `host:port`, several with commas between them.'
    const rules = { BLOCKING_COORDINATION_SECRET: secret }
    for (const wrong of [' ', 'a,,b', 'a:b', 'redis://a', 'a/0', 'x@a']) {
      expect(linesOf({ ...rules, REDIS_SENTINELS: wrong }), wrong).toEqual([rule])
    }
    expect(linesOf({ ...rules, REDIS_SENTINELS: 'a', REDIS_URL: 'redis://b' })).toEqual([
      'REDIS_URL and REDIS_SENTINELS name two places: unset one of them.',
    ])
  })

  test('names each variable once, with a line of help and a default that it accepts', () => {
    for (const [name, { schema, default: text, help }] of Object.entries(serverVariables)) {
      expect(help, name).toMatch(/\.$/)
      if (text !== undefined) expect(schema.safeParse(text).success, name).toBe(true)
    }
  })
})

describe('the origins whose pages may talk to the server', () => {
  const here = { host: '127.0.0.1', port: 3400, publicUrl: undefined }

  test('are the names of loopback, on the port that it listens on', () => {
    expect([...publicOrigins(here)]).toEqual([
      'http://127.0.0.1:3400',
      'http://localhost:3400',
      'http://[::1]:3400',
    ])
  })

  test('are only the public address, where there is one', () => {
    const publicUrl = 'https://box.example/'
    expect([...publicOrigins({ ...here, publicUrl })]).toEqual(['https://box.example'])
  })

  test('are the address itself, where that is not loopback', () => {
    expect([...publicOrigins({ ...here, host: '192.0.2.1' })]).toEqual(['http://192.0.2.1:3400'])
  })
})
