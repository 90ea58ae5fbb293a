import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startTestRedis, type TestRedis } from '../../redis'
import type { FaultContext } from './context'
import { Skipped } from './fault'

export interface RedisWithClock extends TestRedis {
  /** From now on its clock is off by so much, ms. */
  setClock(offsetMs: number): void
}

/**
 * A Redis whose clock can be set: a library of a few lines stands between it and the system's.
 *
 * @throws Skipped where there is no C compiler to make that
 */
export async function startRedisWithClock(context: FaultContext): Promise<RedisWithClock> {
  const folder = mkdtempSync(path.join(tmpdir(), 'signalbox-clock-'))
  context.endLater(() => rmSync(folder, { recursive: true, force: true }))
  const library = path.join(folder, 'shifted-clock.so')
  const source = path.join(import.meta.dirname, 'shifted-clock.c')
  try {
    const args = ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl']
    execFileSync('cc', args, { stdio: 'ignore' })
  } catch {
    throw new Skipped('the clock of Redis is set by a small C library, and there is no compiler')
  }
  const file = path.join(folder, 'shift')
  const setClock = (offsetMs: number) => {
    const bytes = Buffer.alloc(8)
    bytes.writeBigInt64LE(BigInt(offsetMs))
    // In place: the library has it mapped.
    writeFileSync(file, bytes, { flag: 'r+' })
  }
  writeFileSync(file, Buffer.alloc(8))

  const redis = await startTestRedis({
    appendOnly: true,
    environment: { LD_PRELOAD: library, SHIFTED_CLOCK: file },
  })
  context.endLater(() => redis.stop())
  return Object.assign(redis, { setClock })
}
