import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { freePort } from '../../../server/embedded/free-port.mjs'
import { prefer } from './prefer'

export interface NatsServer {
  readonly port: number
  stop(): Promise<void>
}

/** Starts the system's nats-server (Debian: the package of that name); undefined where there is none. */
export async function startNats(): Promise<NatsServer | undefined> {
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
  ]
  const file = folders.map((it) => path.join(it, 'nats-server')).find((it) => existsSync(it))
  if (!file) return undefined
  const port = await freePort()
  const child = spawn(file, ['--addr', '127.0.0.1', '--port', String(port)], { stdio: 'ignore' })
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  await untilOpen(port)
  if (child.pid) prefer(child.pid)
  return {
    port,
    stop: async () => {
      child.kill('SIGTERM')
      await exited
      process.off('exit', kill)
    },
  }
}

async function untilOpen(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await opens(port)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`nats-server does not listen on ${port}`)
}

function opens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}
