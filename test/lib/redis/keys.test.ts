import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { namespaceKeys, prefixOf, serverKeys } from '@/lib/redis/keys'

describe('the keys of the default namespace', () => {
  const keys = namespaceKeys()
  it.each([
    [keys.prefix, 'blocking:'],
    [keys.events, 'blocking:events'],
    [keys.beats, 'blocking:beats'],
    [keys.deadlines, 'blocking:deadlines'],
    [keys.settings, 'blocking:settings'],
    [keys.monitor, 'blocking:monitor'],
    [keys.attention, 'blocking:attention'],
    [keys.coordinators, 'blocking:coordinators'],
    [keys.swarms, 'blocking:swarms'],
    [keys.signals, 'blocking:signals'],
    [keys.consensusIndex, 'blocking:consensus'],
    [keys.breakers, 'blocking:breakers'],
    [keys.spawn, 'blocking:spawn'],
    [keys.coordinator('coordinator-1'), 'blocking:coordinator:coordinator-1'],
    [keys.inbox('coordinator-receiver'), 'blocking:signal:coordinator-receiver'],
    [
      keys.signalRecord('a:b:completion:1:1700000000000'),
      'blocking:signal-record:a:b:completion:1:1700000000000',
    ],
    [keys.ack('coordinator-1', 'signal-1'), 'blocking:ack:coordinator-1:signal-1'],
    [keys.idempotency('sender', 'key-1'), 'blocking:idempotency:sender:key-1'],
    [keys.work('coordinator-1'), 'blocking:work:coordinator-1'],
    [
      keys.escalation('coordinator-1', 1_700_000_000_000),
      'blocking:escalation:coordinator-1:1700000000000',
    ],
    [keys.consensus('swarm-1', 2, 'run-1', 3), 'blocking:consensus:swarm-1:2:run-1:3'],
    [keys.consensusByKey('swarm-1:2:run-1:3'), 'blocking:consensus:swarm-1:2:run-1:3'],
    [keys.breaker('coordinator-1', 'redis'), 'blocking:breaker:coordinator-1:redis'],
    [keys.history, 'blocking:history'],
    [keys.historyTurn, 'blocking:history-turn'],
    [keys.historyBoard('1700000000000-0'), 'blocking:history:1700000000000-0'],
    [keys.hint('coordinator-1'), 'blocking:hint:coordinator-1'],
  ])('%s', (key, expected) => {
    expect(key).toBe(expected)
  })
})

describe('the keys of a named namespace', () => {
  it('share a hash tag, so that on a Cluster they are in one slot', () => {
    const keys = namespaceKeys('swarm-a')
    expect(keys.events).toBe('{swarm-a}:blocking:events')
    expect(keys.inbox('x')).toBe('{swarm-a}:blocking:signal:x')
    const all = Object.values(keys).filter((it): it is string => typeof it === 'string')
    expect(all.every((it) => it.startsWith('{swarm-a}:blocking:'))).toBe(true)
  })

  it('with an empty name are those of the default', () => {
    expect(prefixOf('')).toBe('blocking:')
    expect(prefixOf(undefined)).toBe('blocking:')
  })
})

describe("the control room's own keys", () => {
  it.each([
    [serverKeys.user('ann'), '{signalbox}:user:ann'],
    [serverKeys.users, '{signalbox}:users'],
    [serverKeys.session('0a1b'), '{signalbox}:session:0a1b'],
    [serverKeys.audit, '{signalbox}:audit'],
    [serverKeys.request('ann', 'r-1'), '{signalbox}:request:ann:r-1'],
    [serverKeys.limit('sign-in', 'ann'), '{signalbox}:limit:sign-in:ann'],
    [serverKeys.webhooks, '{signalbox}:webhooks'],
    [serverKeys.webhooksChanged, '{signalbox}:webhooks-changed'],
    [serverKeys.webhookLog('w-1'), '{signalbox}:webhook-log:w-1'],
    [serverKeys.notice('{a}:blocking:', '0a1b'), '{signalbox}:notice:{a}:blocking:0a1b'],
    [serverKeys.server('server-1a2b3c'), '{signalbox}:server:server-1a2b3c'],
    [serverKeys.deliveries, '{signalbox}:deliveries'],
    [serverKeys.delivery('d-1'), '{signalbox}:delivery:d-1'],
  ])('%s', (key, expected) => {
    expect(key).toBe(expected)
  })
})

describe('the keys that scripts build', () => {
  const lua = readFileSync(
    path.resolve(import.meta.dirname, '../../../lib/redis/scripts/includes/keys.lua'),
    'utf8',
  )
  const keys = namespaceKeys()

  it.each([
    ['K_EVENTS', keys.events],
    ['K_BEATS', keys.beats],
    ['K_DEADLINES', keys.deadlines],
    ['K_SETTINGS', keys.settings],
    ['K_MONITOR', keys.monitor],
    ['K_ATTENTION', keys.attention],
    ['K_COORDINATORS', keys.coordinators],
    ['K_SWARMS', keys.swarms],
    ['K_SIGNALS', keys.signals],
    ['K_CONSENSUS', keys.consensusIndex],
    ['K_BREAKERS', keys.breakers],
    ['K_SPAWN', keys.spawn],
  ])('%s is the same as in TypeScript', (name, expected) => {
    const after = new RegExp(`^local ${name} = P \\.\\. '([^']+)'$`, 'm').exec(lua)?.[1]
    expect(`blocking:${after}`).toBe(expected)
  })

  it.each([
    ['k_coordinator', keys.coordinator('1')],
    ['k_inbox', keys.inbox('1')],
    ['k_record', keys.signalRecord('1')],
    ['k_ack', keys.ack('1', '2')],
    ['k_idempotency', keys.idempotency('1', '2')],
    ['k_work', keys.work('1')],
    ['k_escalation', keys.escalation('1', 2)],
    ['k_consensus', keys.consensusByKey('1')],
    ['k_breaker', keys.breaker('1', '2')],
    ['k_hint', keys.hint('1')],
  ])('%s is the same as in TypeScript', (name, expected) => {
    const body = new RegExp(`^local function ${name}\\(([^)]*)\\) return (.+) end$`, 'm').exec(lua)
    const parameters = body?.[1]?.split(', ') ?? []
    const built = (body?.[2] ?? '')
      .split(' .. ')
      .map((part) => {
        if (part === 'P') return 'blocking:'
        const at = parameters.indexOf(part)
        return at < 0 ? part.slice(1, -1) : String(at + 1)
      })
      .join('')
    expect(built).toBe(expected)
  })
})
