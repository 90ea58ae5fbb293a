import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Redis } from 'ioredis'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cacheFolder } from '@/server/embedded/data-folders.mjs'
import { freePort } from '@/server/embedded/free-port.mjs'
import { type KeptRedis, keepRedis } from '@/server/embedded/keep-redis.mjs'
import { askKeeper } from '@/server/embedded/keeper-control.mjs'
import { pingRedis } from '@/server/embedded/ping-redis.mjs'
import { until } from '@/test/until'

let folder: string
let said: string[]
const open: { close(): unknown }[] = []

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'signalbox-keep-'))
  said = []
})
afterEach(async () => {
  for (const { close } of open.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true, force: true })
})

async function keep(): Promise<KeptRedis> {
  const kept = await keepRedis({ folder, cacheFolder, say: (line) => said.push(line) })
  open.push(kept)
  return kept
}

function connect({ port, password }: { port: number; password: string }): Redis {
  const client = new Redis({ host: '127.0.0.1', port, password })
  client.on('error', () => {})
  open.push({ close: () => client.disconnect() })
  return client
}

describe('the Redis that the project keeps', () => {
  it('asks for its generated password, which only its owner can read', async () => {
    const kept = await keep()
    expect(await pingRedis({ host: kept.host, port: kept.port })).toBe('refused')
    expect(await pingRedis(kept)).toBe('ready')
    for (const file of ['password', 'keeper.json']) {
      expect(statSync(path.join(folder, file)).mode & 0o777).toBe(0o600)
    }
  })

  it('keeps every write and refuses when full, instead of dropping keys', async () => {
    const client = connect(await keep())
    const read = async (name: string) => (await client.config('GET', name)) as string[]
    expect(await read('appendonly')).toEqual(['appendonly', 'yes'])
    expect(await read('appendfsync')).toEqual(['appendfsync', 'everysec'])
    expect(await read('maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction'])
    expect(await read('bind')).toEqual(['bind', '127.0.0.1'])
  })

  it('is started again after kill -9, on the same port and with its data', async () => {
    const kept = await keep()
    const client = connect(kept)
    await client.set('kept', 'yes')
    // What is asked for here is that a crash of the process loses nothing that was answered.
    const before = await askKeeper(folder, 'status')
    process.kill(before?.pid ?? 0, 'SIGKILL')
    await until(async () => (await askKeeper(folder, 'status'))?.restarts === 1)
    const after = await askKeeper(folder, 'status')
    expect(after?.port).toBe(kept.port)
    expect(after?.pid).not.toBe(before?.pid)
    expect(await client.get('kept')).toBe('yes')
    expect(said).toContain(`Redis is back on port ${kept.port}, with its data.`)
  })

  it('stays stopped when it was stopped on purpose, until it is started', async () => {
    const kept = await keep()
    await connect(kept).set('kept', 'yes')
    const stopped = await askKeeper(folder, 'stop')
    expect(stopped).toMatchObject({ state: 'stopped', pid: null })
    expect(await pingRedis(kept)).toBe('gone')
    const started = await askKeeper(folder, 'start')
    expect(started).toMatchObject({ state: 'running', restarts: 0, port: kept.port })
    expect(await connect(kept).get('kept')).toBe('yes')
  })

  it('is shared by a second launcher, which does not end it', async () => {
    const first = await keep()
    const second = await keep()
    expect(first.ours).toBe(true)
    expect(second).toMatchObject({ ours: false, port: first.port, password: first.password })
    await second.close()
    expect(await pingRedis(first)).toBe('ready')
  })

  it('takes another port when somebody was quicker to take the one it wanted', async () => {
    const preferredPort = await freePort()
    const folders = Array.from({ length: 4 }, (_, at) => path.join(folder, String(at)))
    const kept = await Promise.all(
      folders.map((it) => keepRedis({ folder: it, cacheFolder, preferredPort })),
    )
    open.push(...kept)
    expect(new Set(kept.map((it) => it.port)).size).toBe(folders.length)
    for (const it of kept) expect(await pingRedis(it)).toBe('ready')
  })

  it('ends with its keeper, even by kill -9, and the next one finds the data', async () => {
    const fixture = path.join(import.meta.dirname, 'keeper.fixture.mjs')
    const keeper = spawn(process.execPath, [fixture, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    open.push({ close: () => keeper.kill('SIGKILL') })
    const [line] = (await once(keeper.stdout, 'data')) as [Buffer]
    const address = JSON.parse(line.toString()) as { port: number; password: string }
    const client = connect(address)
    await client.set('kept', 'yes')
    client.disconnect()

    keeper.kill('SIGKILL')
    await until(async () => (await pingRedis({ host: '127.0.0.1', ...address })) === 'gone')
    const kept = await keep()
    expect(kept).toMatchObject({ ours: true, port: address.port })
    expect(await connect(kept).get('kept')).toBe('yes')
  })

  it('closes twice, and gives its place up', async () => {
    const kept = await keep()
    await kept.close()
    await kept.close()
    expect(await askKeeper(folder, 'status')).toBeUndefined()
    expect(await pingRedis(kept)).toBe('gone')
  })
})
