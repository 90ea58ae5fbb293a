import type { AttentionMark } from '../protocol/view'
import { findBreakers } from './attention-breakers'
import { findConsensus } from './attention-consensus'
import { findCoordinators } from './attention-coordinators'
import { findDeadlocks } from './attention-deadlocks'
import {
  ATTENTION_KINDS,
  type AttentionEntry,
  type AttentionKind,
  type AttentionRoom,
  type Finding,
  type Handling,
} from './attention-entry'
import { findSignals } from './attention-signals'
import { findSystem } from './attention-system'
import type { Moment } from './moment'

const RANK = new Map<AttentionKind, number>(ATTENTION_KINDS.map((kind, rank) => [kind, rank]))
const HANDLED = { open: 0, acknowledged: 1, snoozed: 2 } as const

/**
 * Everything that needs somebody, one entry a root cause, worst first and in a stable order: what
 * nobody has taken up before what somebody has, then by kind, then by when it began.
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
  return findings
    .map((it) => ({ ...it, handling: handlingOf(it, moment.view.marks.get(it.id), moment.now) }))
    .sort(
      (a, b) =>
        HANDLED[a.handling.state] - HANDLED[b.handling.state] ||
        (RANK.get(a.kind) ?? 0) - (RANK.get(b.kind) ?? 0) ||
        a.since - b.since ||
        (a.id < b.id ? -1 : 1),
    )
}

/** What nobody has taken up yet: the figure on the rail. */
export function openEntries(entries: readonly AttentionEntry[]): AttentionEntry[] {
  return entries.filter((it) => it.handling.state === 'open')
}

/** How many open entries belong to each room. */
export function countsByRoom(entries: readonly AttentionEntry[]): Record<AttentionRoom, number> {
  const counts = { breakers: 0, waits: 0, consensus: 0, signals: 0 }
  for (const { room } of openEntries(entries)) if (room !== undefined) counts[room]++
  return counts
}

function handlingOf(finding: Finding, mark: AttentionMark | undefined, now: number): Handling {
  if (mark === undefined || mark.at < finding.since) return { state: 'open' }
  if (mark.kind === 'acknowledged') return { state: 'acknowledged', by: mark.by, at: mark.at }
  if (mark.until === undefined || mark.until <= now) return { state: 'open' }
  return { state: 'snoozed', by: mark.by, at: mark.at, until: mark.until }
}
