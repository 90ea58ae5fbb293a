import { describe, expect, it } from 'vitest'
import { isRedisFailure } from '@/lib/cfn-loop/redis-breaker'
import { RedisFullError } from '@/lib/redis/errors'

describe('a failure of Redis', () => {
  const reply = (message: string) => Object.assign(new Error(message), { name: 'ReplyError' })
  it.each([
    [new Error('Connection is closed.'), true],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }), true],
    ['not even an error', true],
    [reply('LOADING Redis is loading the dataset in memory'), true],
    [reply('CLUSTERDOWN The cluster is down'), true],
    [reply('READONLY You can’t write against a read only replica.'), true],
    [reply('WRONGTYPE Operation against a key'), false],
    [reply('ERR user_script:1: oops'), false],
    [new RedisFullError('sendSignal', new Error('OOM')), false],
    [new TypeError('a bug of ours'), false],
  ])('%s: %s', (error, failure) => {
    expect(isRedisFailure(error)).toBe(failure)
  })
})
