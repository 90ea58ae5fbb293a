import { describe, expect, it } from 'vitest'
import { roleAtLeast } from '@/lib/protocol/commands'
import { deathSlackMs, defaultHeartbeatIntervalMs } from '@/lib/protocol/liveness'

describe('the rules of liveness', () => {
  it('beat every tenth of the threshold, at least every five seconds', () => {
    expect(defaultHeartbeatIntervalMs(10_000)).toBe(1000)
    expect(defaultHeartbeatIntervalMs(300_000)).toBe(5000)
  })

  it('allow a hundredth of the threshold before death, at most a second', () => {
    expect(deathSlackMs(10_000)).toBe(100)
    expect(deathSlackMs(300_000)).toBe(1000)
  })
})

describe('roles', () => {
  it('include the ones before them', () => {
    expect(roleAtLeast('admin', 'operator')).toBe(true)
    expect(roleAtLeast('operator', 'operator')).toBe(true)
    expect(roleAtLeast('viewer', 'operator')).toBe(false)
  })
})
