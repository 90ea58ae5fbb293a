import { type Child, forkChild } from '../../child-process'
import type { BenchContext } from './context'

/** Starts a process with one part to play (`child.ts` lists the parts), and prepares it. */
export async function startChild(
  { childProgram, profileFolder }: Pick<BenchContext, 'childProgram' | 'profileFolder'>,
  part: string,
  options: unknown,
  profiled = false,
): Promise<Child> {
  const child = forkChild(childProgram, part, {
    execArgv:
      profiled && profileFolder
        ? ['--enable-source-maps', '--cpu-prof', `--cpu-prof-dir=${profileFolder}`]
        : [],
  })
  await child.call('prepare', options)
  return child
}
