import type { ConsensusView } from '../protocol/consensus'
import { LIVING } from '../protocol/liveness'
import { entryId, type Finding } from './attention-entry'
import { averageOf, confidencesOf, formatConfidence } from './confidence'
import type { Moment } from './moment'
import { listOfIds, type Part, strong, text, untilTime } from './sentence'
import type { View } from './view'

/** Loops that gave up or ran out, and decisions that wait for a person. Only a swarm's latest round counts. */
export function findConsensus({ view, now }: Moment): Finding[] {
  const latest = new Map<string, ConsensusView>()
  for (const round of view.consensus.values()) {
    const known = latest.get(round.swarmId)
    if (known === undefined || round.openedAt > known.openedAt) latest.set(round.swarmId, round)
  }
  return [...latest.values()].flatMap((round) => {
    const { outcome } = round
    if (outcome === undefined)
      return needsOwner(round, view, now) ? [ownerDecision(round, now)] : []
    if (outcome.decision === 'exhausted' || outcome.decision === 'expired') return [givenUp(round)]
    return []
  })
}

/** A process that owns the decision gets this long before a person is asked, ms. */
const OWNER_SLOW_MS = 60_000

function needsOwner(round: ConsensusView, view: View, now: number): boolean {
  if (round.policy !== 'owner') return false
  const byProcess = round.validators.some((it) => {
    const liveness = view.coordinators.get(it)?.liveness
    return liveness !== undefined && LIVING.has(liveness)
  })
  return !byProcess || now - round.openedAt > OWNER_SLOW_MS
}

function ownerDecision(round: ConsensusView, now: number): Finding {
  return {
    id: entryId('owner-decision', [round.key]),
    kind: 'owner-decision',
    status: 'blocked',
    title: `${round.swarmId} waits for a decision`,
    sentence: [
      text(
        `Loop ${round.loop}, iteration ${round.iteration}: proceed, defer or escalate is for its owner to say. `,
      ),
      ...(round.deadline <= now
        ? [text('Its time is up.')]
        : [text('It expires in '), untilTime(round.deadline, now), text('.')]),
    ],
    since: round.openedAt,
    actions: [
      { kind: 'decide', key: round.key },
      { kind: 'show-round', key: round.key },
    ],
    coordinators: [],
    room: 'consensus',
  }
}

function givenUp(round: ConsensusView): Finding {
  const exhausted = round.outcome?.decision === 'exhausted'
  const average = averageOf(confidencesOf(round))
  const missing = round.outcome?.missing ?? []
  const figures: Part[] =
    average === null
      ? [text('nobody voted.')]
      : [
          text('the last average was '),
          strong(formatConfidence(average, round.threshold)),
          text(` of ${round.threshold.toFixed(2)}.`),
        ]
  return {
    id: entryId('exhausted', [round.key]),
    kind: 'exhausted',
    status: 'failed',
    title: exhausted
      ? `${round.swarmId} found no consensus`
      : `${round.swarmId} lost a vote to the clock`,
    sentence: [
      text(
        exhausted
          ? `Loop ${round.loop} gave up after iteration ${round.iteration}: `
          : `Loop ${round.loop}, iteration ${round.iteration} closed without a quorum: `,
      ),
      ...figures,
      ...(missing.length === 0 ? [] : [text(' Missing: '), ...listOfIds(missing), text('.')]),
    ],
    since: round.outcome?.at ?? round.openedAt,
    actions: [{ kind: 'show-round', key: round.key }],
    coordinators: missing,
    room: 'consensus',
  }
}
