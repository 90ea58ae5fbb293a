import type { CDPSession } from '@playwright/test'
import { type TraceEvent, traced } from './trace'

/**
 * The most processor time that a task of the page's main thread took while `act` ran, ms. What the browser
 * calls a long task also counts the time in which other programs had the processor: on a busy machine only
 * this tells what the page itself did.
 */
export async function longestTaskOf(cdp: CDPSession, act: () => Promise<void>): Promise<number> {
  const { events } = await traced(cdp, ['toplevel', 'devtools.timeline'], act)
  const thread = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`
  const mains = new Set(
    events
      .filter((it) => it.name === 'thread_name' && it.args?.name === 'CrRendererMain')
      .map(thread),
  )
  const tasks = events.filter((it) => it.name.endsWith('RunTask') && mains.has(thread(it)))
  if (tasks.length === 0) throw new Error('the trace holds no task of a page')
  return Math.max(...tasks.map((it) => it.tdur ?? 0)) / 1000
}
