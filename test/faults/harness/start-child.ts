import { type Child, type ChildOptions, forkChild } from '../../child-process'
import type { FaultContext } from './context'

/** Starts a process with one part to play (`child.ts` lists the parts), and prepares it. */
export async function startChild(
  { childProgram, endLater }: FaultContext,
  part: string,
  options: unknown,
  how?: ChildOptions,
): Promise<Child> {
  const child = forkChild(childProgram, part, how)
  endLater(() => child.stop())
  await child.call('prepare', options)
  return child
}
