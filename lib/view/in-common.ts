import type { CoordinatorView } from '../protocol/coordinator'
import { counted, type Part, strong, text } from './sentence'

/** What some coordinators share; undefined where they differ, or nobody knows. */
export interface InCommon {
  readonly swarmId?: string
  readonly host?: string
  readonly phase?: string
}

export function inCommon(coordinators: readonly CoordinatorView[]): InCommon {
  const swarmId = only(coordinators.map((it) => it.swarmId))
  const host = only(coordinators.map((it) => it.process?.host))
  const phase = only(coordinators.map((it) => it.phase))
  return {
    ...(swarmId === undefined ? {} : { swarmId }),
    ...(host === undefined ? {} : { host }),
    ...(phase === undefined ? {} : { phase }),
  }
}

/** The same as the begin of a sentence, which says so where nothing is shared. */
export function inCommonSentence(coordinators: readonly CoordinatorView[]): Part[] {
  const { swarmId, host, phase } = inCommon(coordinators)
  const shared = [
    ...(swarmId === undefined ? [] : [[text('of '), strong(swarmId)]]),
    ...(host === undefined ? [] : [[text('on '), strong(host)]]),
    ...(phase === undefined ? [] : [[text('in '), strong(phase)]]),
  ]
  if (shared.length > 0)
    return [text('All '), ...shared.flatMap((it, at) => (at === 0 ? it : [text(', '), ...it]))]
  const swarms = new Set(coordinators.map((it) => it.swarmId)).size
  const hosts = new Set(coordinators.flatMap((it) => it.process?.host ?? [])).size
  return [
    text('Of '),
    strong(counted(swarms, 'swarm')),
    ...(hosts > 1 ? [text(' on '), strong(counted(hosts, 'host'))] : []),
    text(', with nothing in common but the time'),
  ]
}

/** The one value that all of them have. */
export function only<T>(values: readonly (T | undefined)[]): T | undefined {
  const [first] = values
  return values.every((it) => it === first) ? first : undefined
}
