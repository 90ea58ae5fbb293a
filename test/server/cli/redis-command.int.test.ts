import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
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

it('explains itself when it does not know a word', async () => {
  await expect(redis('explode')).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('npm run redis -- status | stop | start'),
  })
})
