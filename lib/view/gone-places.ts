import type { CoordinatorView } from '../protocol/coordinator'
import { append } from './append'
import { TOGETHER_FROM } from './fell-silent-together'
import { only } from './in-common'

/** A host, or one process on it, that took along all whom it held. */
export interface GonePlace {
  readonly host: string
  /** Absent where the whole host went. */
  readonly pid?: number
  readonly members: readonly CoordinatorView[]
}

/**
 * Where several died and nobody is left alive: by host, then by process on a host where others live. A host
 * whose dead were all of one process is not called gone for that: nobody knows more than that the process is.
 */
export function gonePlaces(
  dead: readonly CoordinatorView[],
  living: readonly CoordinatorView[],
): GonePlace[] {
  const byHost = emptied(dead, living, hostOf)
  const taken = new Set(byHost.flat())
  const rest = dead.filter((it) => !taken.has(it))
  return [...byHost, ...emptied(rest, living, processOf)].flatMap((members) => {
    const host = only(members.map(hostOf))
    const pid = only(members.map((it) => it.process?.pid))
    if (host === undefined) return []
    return [{ host, members, ...(pid === undefined ? {} : { pid }) }]
  })
}

function emptied(
  dead: readonly CoordinatorView[],
  living: readonly CoordinatorView[],
  placeOf: (it: CoordinatorView) => string | undefined,
): CoordinatorView[][] {
  const inhabited = new Set(living.map(placeOf))
  const byPlace = new Map<string, CoordinatorView[]>()
  for (const it of dead) {
    const place = placeOf(it)
    if (place !== undefined && !inhabited.has(place)) append(byPlace, place, it)
  }
  return [...byPlace.values()].filter((it) => it.length >= TOGETHER_FROM)
}

function hostOf({ process }: CoordinatorView): string | undefined {
  return process?.host
}

/** Ids of processes are only told apart within a host. */
function processOf({ process }: CoordinatorView): string | undefined {
  if (process?.pid === undefined || process.host === undefined) return undefined
  return `${process.pid}@${process.host}`
}
