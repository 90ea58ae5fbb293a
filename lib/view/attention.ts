import type { AttentionMark } from '../protocol/view'
import { findBreakers } from './attention-breakers'
import { findConsensus } from './attention-consensus'
import { findCoordinators } from './attention-coordinators'
import { findDeadlocks } from './attention-deadlocks'
import {
  ATTENTION_KINDS,
  type AttentionEntry,
  type AttentionKind,
  type Finding,
  type Handling,
  isAbout,
  silenceOf,
} from './attention-entry'
import { findSignals } from './attention-signals'
import { findSystem } from './attention-system'
import type { Moment } from './moment'

const RANK = new Map<AttentionKind, number>(ATTENTION_KINDS.map((kind, rank) => [kind, rank]))
const HANDLED = { open: 0, acknowledged: 1, snoozed: 2 } as const

/**
 * Everything that needs somebody, one entry a root cause, worst first and in a stable order: what
 * nobody has taken up before what somebody has, then by kind, then by when it began. What happens to one
 * never moves what is about others.
 * While Redis or the link is gone that is the only entry: all else is hearsay.
 */
export function attentionOf(moment: Moment): AttentionEntry[] {
  const system = findSystem(moment)
  const blind = !moment.knowledge.can && moment.knowledge.why !== 'grace'
  const findings: Finding[] = blind
    ? system
    : [
        ...system,
        ...findCoordinators(moment),
        ...findDeadlocks(moment),
        ...findBreakers(moment),
        ...findSignals(moment),
        ...findConsensus(moment),
      ]
  const broad = [...moment.view.marks.values()].filter((it) => silenceOf(it.entry) !== undefined)
  return findings
    .map((it) => ({ ...it, handling: handlingOf(it, moment, broad) }))
    .sort(
      (a, b) =>
        HANDLED[a.handling.state] - HANDLED[b.handling.state] ||
        (RANK.get(a.kind) ?? 0) - (RANK.get(b.kind) ?? 0) ||
        a.since - b.since ||
        (a.id < b.id ? -1 : 1),
    )
}

/** The entry that a link names, also when some have left it since. */
export function entryNamed(
  entries: readonly AttentionEntry[],
  id: string,
): AttentionEntry | undefined {
  return entries.find((it) => it.id === id) ?? entries.find((it) => isAbout(id, it))
}

/** `broad` are the marks of many who fell silent together: they hold for those of them who are left. */
function handlingOf(
  finding: Finding,
  { view, now }: Moment,
  broad: readonly AttentionMark[],
): Handling {
  const from = finding.latest ?? finding.since
  const marks = [
    ...[finding.id, ...(finding.within ?? [])].map((it) => view.marks.get(it)),
    ...(finding.silence ? broad.filter((it) => isAbout(it.entry, finding)) : []),
  ]
  let latest: AttentionMark | undefined
  for (const it of marks)
    if (it !== undefined && it.at >= from && it.at >= (latest?.at ?? 0)) latest = it
  if (latest === undefined) return { state: 'open' }
  const { by, at, until } = latest
  if (latest.kind === 'acknowledged') return { state: 'acknowledged', by, at }
  if (until === undefined || until <= now) return { state: 'open' }
  return { state: 'snoozed', by, at, until }
}
