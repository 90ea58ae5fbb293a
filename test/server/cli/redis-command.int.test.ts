import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { cacheFolder } from '@/server/embedded/data-folders.mjs'
import { keepRedis } from '@/server/embedded/keep-redis.mjs'
import { until } from '@/test/until'

const run = promisify(execFile)
let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'signalbox-cli-'))
})
afterEach(async () => {
  await redis('stop')
  rmSync(folder, { recursive: true, force: true })
})

async function redis(...words: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, ['server/cli/redis.mjs', ...words], {
    env: { ...process.env, SIGNALBOX_DATA_DIR: folder, NO_COLOR: '1' },
  })
  return stdout.trim()
}

it('starts Redis in the background, says where it runs, and stops it', async () => {
  expect(await redis('status')).toBe('Redis does not run.')
  expect(await redis('start')).toMatch(/^Redis runs on 127\.0\.0\.1:\d+ \(pid \d+\)\.$/)
  expect(await redis()).toMatch(/^Redis runs on 127\.0\.0\.1:\d+ .*kept by process \d+\.$/)
  expect(await redis('stop')).toBe('Redis is stopped.')
  // Its keeper has nothing left to keep, and goes.
  await until(async () => (await redis('status')) === 'Redis does not run.')
})

it("finds the demo's when only that runs", async () => {
  await redis('start', '--demo')
  expect(await redis('status')).toMatch(/The demo's Redis runs on/)
  expect(await redis('stop')).toBe("The demo's Redis is stopped.")
})

it.each([['explode'], ['stop now']])('explains itself when it does not know %j', async (words) => {
  const refused = redis(...words.split(' '))
  await expect(refused).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      new RegExp(`no command "${words}"[\\s\\S]*npm run redis -- status \\| stop \\| start`),
    ),
  })
})

it('is named by the other commands while it is stopped on purpose', async () => {
  const users = () =>
    run(process.execPath, ['server/cli/run-command.mjs', 'users', 'list'], {
      env: { ...process.env, SIGNALBOX_DATA_DIR: folder, NO_COLOR: '1' },
    })
  await expect(users()).rejects.toMatchObject({ stderr: expect.stringContaining('npm run up') })
  const kept = await keepRedis({ folder: path.join(folder, 'redis'), cacheFolder })
  try {
    await redis('stop')
    await expect(users()).rejects.toMatchObject({
      stderr: expect.stringContaining('npm run redis -- start'),
    })
  } finally {
    await kept.close()
  }
})
