import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface FinishedProcess {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface ProcessOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Called with each piece of stdout as it comes. */
  readonly onOutput?: (text: string) => void
}

/** Runs a program of Node to its end. Nothing tells it to end: what it leaves open keeps the test waiting. */
export async function runProcess(
  args: readonly string[],
  { cwd, env = process.env, onOutput }: ProcessOptions = {},
): Promise<FinishedProcess> {
  const child = spawn(process.execPath, [...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    onOutput?.(text)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const killWithUs = () => child.kill('SIGKILL')
  process.once('exit', killWithUs)
  const [code] = (await once(child, 'close')) as [number | null]
  process.off('exit', killWithUs)
  return { code, stdout, stderr }
}
