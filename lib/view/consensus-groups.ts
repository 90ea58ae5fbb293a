import type { ConsensusView } from '../protocol/consensus'
import { compareSequences } from '../protocol/sequence'
import { append } from './append'
import { figureOf } from './track'

/** All rounds of one loop of one swarm, in the order in which they were opened. */
export interface ConsensusGroup {
  /** `swarm:loop` */
  readonly id: string
  readonly swarmId: string
  readonly loop: number
  readonly rounds: readonly ConsensusView[]
  readonly latest: ConsensusView
}

/** Swarms by name, and in each the loops as a swarm passes them; the order stays as votes come in. */
export function consensusGroups(rounds: Iterable<ConsensusView>): ConsensusGroup[] {
  const byGroup = new Map<string, ConsensusView[]>()
  for (const round of rounds) append(byGroup, groupId(round), round)
  const groups: ConsensusGroup[] = []
  for (const [id, unordered] of byGroup) {
    const ordered = unordered.sort(
      (a, b) =>
        a.openedAt - b.openedAt || a.iteration - b.iteration || compareSequences(a.seq, b.seq),
    )
    const latest = ordered.at(-1)
    if (latest !== undefined)
      groups.push({ id, swarmId: latest.swarmId, loop: latest.loop, rounds: ordered, latest })
  }
  return groups.sort(
    (a, b) =>
      (a.swarmId < b.swarmId ? -1 : a.swarmId > b.swarmId ? 1 : 0) ||
      place(a.loop) - place(b.loop) ||
      a.loop - b.loop,
  )
}

export function groupId({ swarmId, loop }: Pick<ConsensusView, 'swarmId' | 'loop'>): string {
  return `${swarmId}:${loop}`
}

/** Work comes first, then its validation, then the decision; what is neither comes after them. */
function place(loop: number): number {
  const at = [3, 2, 4].indexOf(loop)
  return at < 0 ? 3 : at
}

/** A round in two words, for a list. */
export function roundWord(round: ConsensusView): {
  text: string
  tone: 'active' | 'blocked' | 'stale' | 'dead'
} {
  const { outcome } = round
  if (outcome === undefined)
    return round.policy === 'owner'
      ? { text: 'to decide', tone: 'blocked' }
      : { text: 'voting', tone: 'blocked' }
  const { text, tone } = figureOf(round)
  const figure = round.policy === 'average' && tone !== 'bad' ? `${text.split(' ')[0]} ` : ''
  return {
    text: `${figure}${outcome.decision}`,
    tone:
      outcome.decision === 'proceed'
        ? 'active'
        : outcome.decision === 'relaunch' || outcome.decision === 'defer'
          ? 'stale'
          : 'dead',
  }
}

/** One remark, and everybody who made it. */
export interface Remark {
  readonly text: string
  readonly by: readonly string[]
}

/** What validators recommended, or found fault with, each once, in the order in which it was first said. */
export function mergedRemarks(round: ConsensusView, kind: 'recommendations' | 'issues'): Remark[] {
  const merged = new Map<string, string[]>()
  for (const vote of round.votes)
    for (const text of vote[kind]) {
      const known = merged.get(text)
      if (known === undefined) merged.set(text, [vote.validatorId])
      else if (!known.includes(vote.validatorId)) known.push(vote.validatorId)
    }
  return [...merged].map(([text, by]) => ({ text, by }))
}

/** What all names share in front is left out of them, as long as a word is left: `validator-perf` is `perf`, and `atlas-validator-1` is `validator-1`. */
export function shortNames(names: readonly string[]): Map<string, string> {
  const cut = names.length < 2 ? 0 : sharedWords(names)
  return new Map(names.map((it) => [it, it.slice(cut)]))
}

function sharedWords(names: readonly string[]): number {
  const [first = ''] = names
  let cut = 0
  for (let at = first.search(/[-_]/); at >= 0; ) {
    const head = first.slice(0, at + 1)
    if (!names.every((it) => it.startsWith(head) && /[^\d]/.test(it.slice(head.length)))) break
    cut = head.length
    const next = first.slice(cut).search(/[-_]/)
    at = next < 0 ? -1 : cut + next
  }
  return cut
}
