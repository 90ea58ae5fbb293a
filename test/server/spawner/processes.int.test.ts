import { afterEach, expect, test } from 'vitest'
import { ordinaryEnvironment, Processes } from '@/server/spawner/start-program'
import { until } from '../../until'

let processes = new Processes()
afterEach(async () => {
  await processes.stop()
  processes = new Processes()
})

const node = (code: string, env: Record<string, string> = {}) => ({
  command: [process.execPath, '-e', code],
  env: { ...ordinaryEnvironment(), ...env },
})
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('a program that does not exist is told at once', async () => {
  await expect(
    processes.start({ command: ['/no/such/program'], env: {} }, () => {}),
  ).rejects.toThrow('ENOENT')
})

test('how a program ended is told with what it said last', async () => {
  const said: string[] = []
  const program = node('console.log("one"); console.error("no Redis here"); process.exitCode = 7')
  const { ended } = await processes.start(program, (line) => void said.push(line))
  expect(await ended).toMatch(/^its process ended with code 7: (one|no Redis here)$/)
  expect(said.sort()).toEqual(['no Redis here', 'one'])
  expect(processes.pids).toEqual([])
})

test('a program sees what it needs, and no secret of the server', async () => {
  process.env.SIGNALBOX_TEST_SECRET = 'hunter2'
  const said: string[] = []
  const program = node('console.log(JSON.stringify(process.env))', { REDIS_PORT: '1' })
  await (await processes.start(program, (line) => void said.push(line))).ended
  delete process.env.SIGNALBOX_TEST_SECRET
  const env = JSON.parse(said[0] ?? '{}')
  expect(env).toMatchObject({ REDIS_PORT: '1', PATH: process.env.PATH })
  expect(said.join()).not.toContain('hunter2')
})

test('a line without an end does not grow', async () => {
  const said: string[] = []
  const program = node('process.stdout.write("x".repeat(1_000_000) + "\\n")')
  await (await processes.start(program, (line) => void said.push(line))).ended
  expect(said.join('').length).toBeLessThanOrEqual(2000)
})

test('all programs end with their spawner: those that will not, and those that are stopped, too', async () => {
  const ready: string[] = []
  const deaf = 'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)'
  const calm = 'console.log("ready"); setInterval(() => {}, 1000)'
  const pids: number[] = []
  for (const code of [deaf, calm, calm]) {
    const { pid } = await processes.start(node(code), (line) => void ready.push(line))
    pids.push(pid)
  }
  await until(() => ready.length === 3)
  process.kill(pids[2] ?? 0, 'SIGSTOP')
  await processes.stop()
  expect(pids.map(isAlive)).toEqual([false, false, false])
})
