import type { CDPSession } from '@playwright/test'

/** What of a trace is looked at: a main thread's name, or one of its tasks; µs. */
interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/**
 * The most processor time that a task of the page's main thread took while `act` ran, ms. What the browser
 * calls a long task also counts the time in which other programs had the processor: on a busy machine only
 * this tells what the page itself did.
 */
export async function longestTaskOf(cdp: CDPSession, act: () => Promise<void>): Promise<number> {
  const events: TraceEvent[] = []
  const collect = ({ value }: { value: object[] }) => {
    events.push(...(value as TraceEvent[]))
  }
  cdp.on('Tracing.dataCollected', collect)
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'devtools.timeline'] },
  })
  await act()
  const complete = new Promise<void>((resolve) =>
    cdp.once('Tracing.tracingComplete', () => resolve()),
  )
  await cdp.send('Tracing.end')
  await complete
  cdp.off('Tracing.dataCollected', collect)
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
