import type { CDPSession } from '@playwright/test'

/** What of a trace is looked at here; times in µs. */
export interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Processor time. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** What the browser tells of itself while `act` runs, and what `act` answers. */
export async function traced<T>(
  cdp: CDPSession,
  includedCategories: string[],
  act: () => Promise<T>,
): Promise<{ events: readonly TraceEvent[]; answer: T }> {
  const events: TraceEvent[] = []
  const collect = ({ value }: { value: object[] }) => {
    events.push(...(value as TraceEvent[]))
  }
  cdp.on('Tracing.dataCollected', collect)
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories },
  })
  const answer = await act()
  const complete = new Promise<void>((resolve) =>
    cdp.once('Tracing.tracingComplete', () => resolve()),
  )
  await cdp.send('Tracing.end')
  await complete
  cdp.off('Tracing.dataCollected', collect)
  return { events, answer }
}
