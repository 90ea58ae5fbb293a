import type { CoordinatorView } from '../protocol/coordinator'
import type { SpawnView } from '../protocol/view'

export interface ReplacementStep {
  readonly name: string
  readonly state: 'done' | 'now' | 'ahead' | 'failed'
  readonly detail?: string
}

export interface ReplacementWay {
  readonly steps: readonly ReplacementStep[]
  readonly state: 'coming' | 'here' | 'failed'
}

const NAMES = ['Asked for', 'Taken by a spawner', 'Its process runs', 'Its own first beat'] as const

/** How far a replacement has come, from the request to its first beat. */
export function replacementSteps(
  replacement: CoordinatorView | undefined,
  spawn: SpawnView | undefined,
): ReplacementWay {
  const liveness = replacement?.liveness ?? 'starting'
  const failed = liveness === 'failed'
  const reached = reachedBy(replacement, spawn)
  const steps = NAMES.map((name, index): ReplacementStep => {
    const detail = detailOf(index, replacement, spawn)
    return {
      name,
      state: index < reached ? 'done' : index > reached ? 'ahead' : failed ? 'failed' : 'now',
      ...(detail === undefined ? {} : { detail }),
    }
  })
  const state = failed ? 'failed' : reached === NAMES.length ? 'here' : 'coming'
  return { steps, state }
}

/** How many steps are done. Whatever came after its first beat, the way itself is over. */
function reachedBy(replacement: CoordinatorView | undefined, spawn: SpawnView | undefined): number {
  if (replacement === undefined) return 1
  if (replacement.liveness !== 'starting' && replacement.liveness !== 'failed') return NAMES.length
  if (replacement.instance !== undefined || spawn?.state === 'running') return 3
  // A spawner whose process could not be started had taken the request.
  if (spawn?.spawnerId !== undefined) return 2
  return 1
}

function detailOf(
  index: number,
  replacement: CoordinatorView | undefined,
  spawn: SpawnView | undefined,
): string | undefined {
  if (index === 1) return spawn?.spawnerId
  if (index !== 2 || replacement?.process?.pid === undefined) return undefined
  const { pid, host } = replacement.process
  return host === undefined ? `pid ${pid}` : `pid ${pid} on ${host}`
}
