import { spawn } from 'node:child_process'
import { redisEnvironment } from '../../server/embedded/find-redis.mjs'
import { untilRedisReady } from '../../server/embedded/ping-redis.mjs'
import { stopWithParent } from '../../server/embedded/stop-with-parent.mjs'
import { testRedisProgram } from '../redis'

export interface RunningSentinel {
  readonly port: number
  stop(): Promise<void>
}

/** Runs a sentinel on a configuration file of its own. It ends with this process. */
export async function runSentinel(file: string, port: number): Promise<RunningSentinel> {
  const program = await testRedisProgram()
  if (program.kind !== 'binary') throw new Error('Sentinels need a server binary.')
  const child = spawn(program.file, [file, '--sentinel'], {
    env: redisEnvironment(program.libraryPath) as NodeJS.ProcessEnv,
    stdio: 'ignore',
    detached: true,
  })
  let running = true
  const letGo = child.pid ? stopWithParent(child.pid) : () => {}
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      running = false
      letGo()
      resolve()
    }
    child.once('error', end)
    child.once('exit', end)
  })
  const stop = async () => {
    if (running) child.kill('SIGKILL')
    await ended
  }
  if (!(await untilRedisReady({ host: '127.0.0.1', port }, { gaveUp: () => !running }))) {
    await stop()
    throw new Error(`The sentinel on port ${port} did not start.`)
  }
  return { port, stop }
}
