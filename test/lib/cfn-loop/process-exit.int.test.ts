import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type CoreRedis, NAMESPACE, startCoreRedis } from '../../labs/core-redis'
import { until } from '../../until'

let server: CoreRedis
beforeAll(async () => {
  server = await startCoreRedis()
})
afterAll(() => server.stop())

const program = path.resolve(import.meta.dirname, 'programs/exits-by-itself.ts')

it('a process that cleaned up and disconnected ends by itself', async () => {
  const child = spawn(process.execPath, ['--import', 'tsx', program, server.address, NAMESPACE])
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString()
    })
  }
  const exited = once(child, 'exit')
  try {
    await until(() => output.includes('done') || child.exitCode !== null)
    // Nothing tells it to: a timer or socket left behind would keep it, and the test would time out.
    const [code] = await exited
    expect({ code, output }).toEqual({ code: 0, output: 'ACKs: 1\nleft: null\ndone\n' })
  } finally {
    child.kill('SIGKILL')
  }
})
