import { setTimeout as sleep } from 'node:timers/promises'
import type { Child, ChildOptions } from '../../child-process'
import type { SwarmOptions, SwarmReport } from '../parts/swarm-report'
import type { FaultContext } from './context'
import { shared } from './ids'
import { startChild } from './start-child'

export interface Working {
  readonly afterMs: number
  readonly missing: string[]
  /** Where it took long: who was missing by then, and how the processes were connected. */
  readonly late?: { readonly missing: string[]; readonly links: unknown[] }
}

/** From here on it is worth knowing why, ms. */
const LATE_MS = 8000

export interface Swarm {
  readonly processes: readonly Child[]
  /** From now on: who works? */
  mark(): Promise<void>
  /**
   * Resolves when every coordinator has written and acknowledged since the mark, with how long that
   * took, ms; with who has not where that does not happen within `mostMs`.
   */
  untilAllWork(mostMs: number): Promise<Working>
  /** Sends no more, and answers what is there. */
  rest(forMs: number): Promise<void>
  reports(): Promise<SwarmReport[]>
}

/** Coordinators in several processes, that send to each other without end. */
export async function startSwarm(
  context: FaultContext,
  processes: number,
  options: Omit<SwarmOptions, 'targets'>,
  child: ChildOptions = {},
): Promise<Swarm> {
  const parts = shared(options.ids, processes)
  const children = await Promise.all(
    parts.map((ids) =>
      startChild(
        context,
        'swarm',
        { ...options, ids, targets: options.ids } satisfies SwarmOptions,
        child,
      ),
    ),
  )
  const all = <T>(method: string) => Promise.all(children.map((it) => it.call<T>(method)))
  return {
    processes: children,
    mark: async () => {
      await all('mark')
    },
    untilAllWork: async (mostMs) => {
      const since = performance.now()
      let late: Working['late']
      for (;;) {
        const states = await all<{ afterMs: number; missing: string[] }>('working')
        const missing = states.flatMap((it) => it.missing)
        const afterMs = Math.max(...states.map((it) => it.afterMs))
        const told = late ? { late } : {}
        if (missing.length === 0) return { afterMs, missing, ...told }
        const elapsed = performance.now() - since
        if (elapsed > mostMs) return { afterMs: mostMs, missing, ...told }
        if (elapsed > LATE_MS) late ??= { missing, links: await all<unknown>('connections') }
        await sleep(25)
      }
    },
    rest: async (forMs) => {
      await all('rest')
      await sleep(forMs)
    },
    reports: () => all<SwarmReport>('report'),
  }
}

/** Errors of all processes, the most frequent first. */
export function errorsOf(reports: readonly SwarmReport[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const { errors } of reports) {
    for (const [name, count] of Object.entries(errors)) sum[name] = (sum[name] ?? 0) + count
  }
  return Object.fromEntries(Object.entries(sum).sort((a, b) => b[1] - a[1]))
}
