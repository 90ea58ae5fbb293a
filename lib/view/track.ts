import type { ConsensusView } from '../protocol/consensus'
import type { CoordinatorView } from '../protocol/coordinator'
import { LIVING } from '../protocol/liveness'
import { compareSequences } from '../protocol/sequence'
import {
  averageOf,
  averageReaches,
  confidencesOf,
  formatConfidence,
  millionths,
  toneOfDecision,
} from './confidence'
import { loopOfPhase } from './loop-of-phase'
import type { View } from './view'

/** A figure at a station, such as `6 of 9 ≥ 0.75`, and whether it is good. */
export interface Figure {
  readonly text: string
  readonly tone: 'ok' | 'low' | 'bad' | 'plain'
}

/** One stop of a swarm's loop. */
export interface Station {
  readonly loop: 3 | 2 | 4
  readonly name: 'Loop 3' | 'Loop 2 consensus' | 'Loop 4 decision'
  readonly state: 'done' | 'now' | 'ahead'
  readonly iteration?: number
  readonly figure?: Figure
  /** The round of votes that the figure is of. */
  readonly key?: string
}

/** Where a swarm stands on its way from work over consensus to a decision. */
export interface Track {
  readonly swarmId: string
  readonly stations: readonly [Station, Station, Station]
}

const ORDER = [3, 2, 4] as const
const NAMES = { 3: 'Loop 3', 2: 'Loop 2 consensus', 4: 'Loop 4 decision' } as const
type Loop = (typeof ORDER)[number]

interface Findings {
  round?: ConsensusView
  /** The latest round of each loop. */
  rounds: Map<number, ConsensusView>
  /** The loop named by the phase of whoever did something last. */
  phase?: { loop: number; at: number; iteration: number }
}

/** The tracks of all swarms, in one pass over the board. */
export function tracksOf(view: View): ReadonlyMap<string, Track> {
  const swarms = new Map<string, Findings>()
  const findings = (swarmId: string): Findings => {
    const known = swarms.get(swarmId)
    if (known !== undefined) return known
    const fresh: Findings = { rounds: new Map() }
    swarms.set(swarmId, fresh)
    return fresh
  }
  for (const coordinator of view.coordinators.values())
    notePhase(findings(coordinator.swarmId), coordinator)
  for (const round of view.consensus.values()) noteRound(findings(round.swarmId), round)
  return new Map([...swarms].map(([swarmId, found]) => [swarmId, trackFrom(swarmId, found)]))
}

function notePhase(found: Findings, coordinator: CoordinatorView): void {
  const loop = loopOfPhase(coordinator.phase)
  if (loop === undefined || !LIVING.has(coordinator.liveness)) return
  const at = coordinator.lastAction?.at ?? coordinator.registeredAt
  if (found.phase === undefined || at > found.phase.at)
    found.phase = { loop, at, iteration: coordinator.iteration }
}

function noteRound(found: Findings, round: ConsensusView): void {
  if (!isLoop(round.loop)) return
  if (found.round === undefined || opensAfter(round, found.round)) found.round = round
  const known = found.rounds.get(round.loop)
  if (known === undefined || opensAfter(round, known)) found.rounds.set(round.loop, round)
}

function opensAfter(a: ConsensusView, b: ConsensusView): boolean {
  return (
    a.openedAt - b.openedAt > 0 || (a.openedAt === b.openedAt && compareSequences(a.seq, b.seq) > 0)
  )
}

function trackFrom(swarmId: string, found: Findings): Track {
  const here = whereIs(found)
  const at = here === undefined ? -1 : ORDER.indexOf(here.loop)
  const [work, consensus, decision] = ORDER.map((loop, index): Station => {
    const base = { loop, name: NAMES[loop] }
    if (index > at) return { ...base, state: 'ahead' }
    if (index < at || here === undefined) return { ...base, state: 'done' }
    const iteration = here.iteration
    return {
      ...base,
      state: 'now',
      ...(iteration === undefined ? {} : { iteration }),
      ...(here.round === undefined ? {} : { figure: figureOf(here.round), key: here.round.key }),
    }
  }) as [Station, Station, Station]
  return { swarmId, stations: [work, consensus, decision] }
}

interface Here {
  loop: Loop
  iteration?: number
  round?: ConsensusView
}

function whereIs({ round, phase }: Findings): Here | undefined {
  if (round === undefined || !isLoop(round.loop)) {
    return phase !== undefined && isLoop(phase.loop)
      ? { loop: phase.loop, iteration: phase.iteration }
      : undefined
  }
  const { loop, iteration, outcome } = round
  const stay: Here = { loop, iteration, round }
  if (outcome === undefined) return stay
  if (loop === 4) {
    // The next round of work has begun, and has not come to its votes yet.
    const begun = phase !== undefined && phase.loop === 3 && phase.at > outcome.at
    return begun ? { loop: 3, iteration: phase.iteration } : stay
  }
  if (outcome.decision === 'proceed') return { loop: loop === 3 ? 2 : 4, iteration }
  if (outcome.decision === 'relaunch') return { loop: 3, iteration: iteration + 1 }
  return stay
}

/** What the votes of a round say in a few characters. */
export function figureOf(round: ConsensusView): Figure {
  const { outcome, threshold } = round
  if (round.policy === 'owner')
    return outcome === undefined
      ? { text: 'waits for its owner', tone: 'plain' }
      : { text: outcome.decision, tone: toneOfDecision(outcome.decision) }
  if (outcome !== undefined && toneOfDecision(outcome.decision) === 'bad')
    return { text: outcome.decision, tone: 'bad' }
  const confidences = confidencesOf(round)
  if (round.policy === 'every') {
    const good = confidences.filter((it) => millionths(it) >= millionths(threshold)).length
    return {
      text: `${good} of ${round.validators.length} ≥ ${threshold.toFixed(2)}`,
      tone: confidences.length === 0 ? 'plain' : good === round.validators.length ? 'ok' : 'low',
    }
  }
  const average = averageOf(confidences)
  if (average === null) return { text: `0 of ${round.validators.length} votes`, tone: 'plain' }
  return {
    text: `${formatConfidence(average, threshold)} of ${threshold.toFixed(2)}`,
    tone: averageReaches(confidences, threshold) ? 'ok' : 'low',
  }
}

function isLoop(loop: number): loop is Loop {
  return loop === 3 || loop === 2 || loop === 4
}
