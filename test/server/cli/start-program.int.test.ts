import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startProgram } from '@/server/cli/start-program.mjs'
import { until } from '@/test/until'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'signalbox-program-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const start = (how: string) =>
  startProgram({
    name: 'The program',
    args: [path.join(import.meta.dirname, 'program.fixture.mjs'), how],
    env: process.env,
    logFile: path.join(folder, 'program.log'),
  })

/** Alive, and no zombie that only waits for somebody to take notice. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return !/\) Z /.test(stat)
  } catch {
    return false
  }
}
const pidIn = (url: string | undefined) => Number(/pid:(\d+)/.exec(url ?? '')?.[1])

describe.runIf(process.platform === 'linux')('a program of the launcher', () => {
  it('is stopped with what it started, though it does not look after that itself', async () => {
    const program = await start('ready')
    const grandchild = pidIn(program.ready.url)
    expect(isAlive(grandchild)).toBe(true)
    await program.stop()
    await program.stop()
    expect(program.isRunning()).toBe(false)
    await until(() => !isAlive(grandchild))
    expect(readFileSync(path.join(folder, 'program.log'), 'utf8')).toContain('an ordinary line')
  })

  it('is ended the hard way when it does not listen', async () => {
    const program = await start('stubborn')
    await program.stop()
    expect(await program.ended).toContain('SIGKILL')
  })

  it('says last words when it never became ready', async () => {
    await expect(start('broken')).rejects.toThrow(/The program ended.*disk is on fire.*code 3/s)
  })

  it('ends with the launcher, even by kill -9, and so does what it started', async () => {
    const fixture = path.join(import.meta.dirname, 'launcher.fixture.mjs')
    const launcher = spawn(process.execPath, [fixture], { stdio: ['ignore', 'pipe', 'ignore'] })
    const [line] = (await once(launcher.stdout, 'data')) as [Buffer]
    const grandchild = pidIn(line.toString())
    expect(isAlive(grandchild)).toBe(true)
    launcher.kill('SIGKILL')
    await until(() => !isAlive(grandchild))
  })
})
