import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { coordinationSecrets } from '@/server/cli/coordination-secrets.mjs'
import { writeCoordinatorEnv } from '@/server/cli/coordinator-env.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'signalbox-secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const second = (text: string) =>
  writeFileSync(path.join(folder, 'coordination-second-secret'), text)

describe('the secrets that the launcher hands out', () => {
  it('are one, made once and kept for its owner alone', () => {
    const made = coordinationSecrets(folder, {})
    expect(made).toEqual({ BLOCKING_COORDINATION_SECRET: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(coordinationSecrets(folder, {})).toEqual(made)
    expect(statSync(path.join(folder, 'coordination-secret')).mode & 0o777).toBe(0o600)
  })

  it('are two while one is being replaced, and coordinators are told both', () => {
    second(`${'b'.repeat(64)}\n`)
    const secrets = coordinationSecrets(folder, { BLOCKING_COORDINATION_SECRET: 'a'.repeat(64) })
    const file = writeCoordinatorEnv(folder, { REDIS_PORT: '6379' }, secrets)
    expect(readFileSync(file, 'utf8').split('\n')).toEqual([
      'REDIS_PORT=6379',
      `BLOCKING_COORDINATION_SECRET=${'a'.repeat(64)}`,
      `BLOCKING_COORDINATION_SECOND_SECRET=${'b'.repeat(64)}`,
      '',
    ])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('are none that can be guessed', () => {
    second('short')
    expect(() => coordinationSecrets(folder, {})).toThrow('coordination-second-secret')
  })
})
