import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findRedis } from '@/server/embedded/find-redis.mjs'
import { testRedisProgram } from '@/test/redis'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'signalbox-find-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A program in a folder of its own that behaves as the shell lines say. */
function program(name: string, lines: string): string {
  const file = path.join(folder, name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${lines}\n`)
  chmodSync(file, 0o755)
  return file
}

/** The real server, under another name and place. */
async function realServer(name: string): Promise<string> {
  const found = await testRedisProgram()
  if (found.kind !== 'binary') throw new Error('This test needs a server binary.')
  const libraries = found.libraryPath ? `LD_LIBRARY_PATH='${found.libraryPath}' ` : ''
  return program(name, `${libraries}exec '${found.file}' "$@"`)
}

const find = (env: Record<string, string>, cache = 'cache') =>
  findRedis({
    cacheFolder: path.join(folder, cache),
    env: { NODE_ENV: 'test', PATH: path.join(folder, 'bin'), ...env },
    extraFolders: [],
  })

describe('finding a Redis', () => {
  it('takes what the environment names before anything else', async () => {
    const named = await realServer('elsewhere/my-redis')
    await realServer('bin/redis-server')
    const found = await find({ SIGNALBOX_REDIS_SERVER: named })
    expect(found).toMatchObject({ kind: 'binary', file: named, source: 'environment' })
  })

  it('says so when the named one does not run, and looks no further', async () => {
    await realServer('bin/redis-server')
    await expect(find({ SIGNALBOX_REDIS_SERVER: '/nowhere/redis-server' })).rejects.toThrow(
      'SIGNALBOX_REDIS_SERVER names /nowhere/redis-server',
    )
  })

  it.each(['redis-server', 'valkey-server'])('takes %s from the PATH', async (name) => {
    const file = await realServer(`bin/${name}`)
    expect(await find({})).toMatchObject({ file, source: 'path' })
  })

  it('passes over one that is too old', async () => {
    program('bin/redis-server', 'echo "Redis server v=6.2.14 sha=0"')
    const newer = await realServer('bin/valkey-server')
    expect(await find({})).toMatchObject({ file: newer, source: 'path' })
  })

  it('uses what was fetched before, when nothing is installed', async () => {
    const cached = await realServer('cache/redis/usr/bin/redis-server')
    expect(await find({})).toMatchObject({ file: cached, source: 'cache' })
  })

  it('says in one sentence what to install, and what it tried', async () => {
    program('bin/redis-server', 'echo "Redis server v=5.0.0"')
    program('bin/docker', 'exit 1')
    const error = await find({}).catch((reason: Error) => reason)
    expect(error).toMatchObject({ name: 'RedisNotFoundError' })
    expect(String(error)).toContain('sudo apt-get install redis-server')
    expect(String(error)).toContain('redis-server is 5.0.0')
    expect(String(error)).toContain('docker has no running engine')
  })
})
