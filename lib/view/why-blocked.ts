import type { CoordinatorView, Wait } from '../protocol/coordinator'
import { missingVoters } from './confidence'
import { deathCountdownOf } from './death-countdown'
import { formatDuration } from './format-duration'
import type { Moment } from './moment'
import {
  code,
  counted,
  id,
  listOfIds,
  type Part,
  type Sentence,
  sinceTime,
  strong,
  text,
  untilTime,
} from './sentence'
import { debtorsOf } from './waiters'

/** What happens first if nobody does anything, ms by the server's clock. */
export type Next =
  | { readonly kind: 'wait-ends'; readonly at: number }
  | { readonly kind: 'death'; readonly coordinatorId: string; readonly at: number }
  | { readonly kind: 'replacement-due'; readonly coordinatorId: string; readonly at: number }
  | { readonly kind: 'signal-expires'; readonly signalId: string; readonly at: number }
  | { readonly kind: 'votes-close'; readonly key: string; readonly at: number }

export interface Blockage {
  readonly wait: Wait
  /** Who has to act; empty when anybody could. */
  readonly debtors: readonly string[]
  /** Who owes what, and since when. */
  readonly sentence: Sentence
  readonly next: Next
  /** What fires next, and when. */
  readonly nextSentence: Sentence
}

/** Every wait of a coordinator, the longest-standing first, each with its reason and what comes next. */
export function whyBlocked(moment: Moment, coordinator: CoordinatorView): Blockage[] {
  return [...coordinator.waits]
    .sort((a, b) => a.since - b.since)
    .map((wait) => {
      const debtors = debtorsOf(moment.view, wait)
      const next = nextOf(moment, wait, debtors)
      return {
        wait,
        debtors,
        sentence: sentenceOf(moment, wait, debtors),
        next,
        nextSentence: nextSentenceOf(moment, next),
      }
    })
}

function sentenceOf(moment: Moment, wait: Wait, debtors: readonly string[]): Sentence {
  const waited = [text('Has waited '), sinceTime(wait.since, moment.now), text(' for ')]
  const [only] = debtors
  switch (wait.kind) {
    case 'acks': {
      const type =
        wait.signalId === undefined ? undefined : moment.view.signals.get(wait.signalId)?.type
      const what = type === undefined ? [] : [text(' of '), code(type)]
      if (debtors.length === 0)
        return takenBack(moment, wait)
          ? [
              text('Nobody is asked for ACKs'),
              ...what,
              text(' any more; it goes on any moment now.'),
            ]
          : [text('All ACKs'), ...what, text(' are in; it goes on any moment now.')]
      if (debtors.length === 1 && only !== undefined)
        return [
          ...waited,
          text('the ACK'),
          ...what,
          text(' that '),
          id(only),
          ...state(moment, only),
          text(' owes.'),
        ]
      return [
        ...waited,
        strong(counted(debtors.length, 'ACK')),
        ...what,
        text(' that '),
        ...debtorList(moment, debtors),
        text(' owe.'),
      ]
    }
    case 'signal':
      if (debtors.length === 0) return [...waited, text('a signal, from whoever sends one.')]
      return [...waited, text('a signal from '), ...debtorList(moment, debtors), text('.')]
    case 'decision':
      return decisionSentence(moment, wait, debtors, waited)
  }
}

/** Whether some of whom it waited for answer no more. */
function takenBack({ view }: Moment, { signalId, on }: Wait): boolean {
  const targets = signalId === undefined ? [] : (view.signals.get(signalId)?.targets ?? [])
  return targets.some(
    (it) => (it.state === 'cancelled' || it.state === 'expired') && on.includes(it.coordinatorId),
  )
}

function decisionSentence(
  moment: Moment,
  wait: Wait,
  debtors: readonly string[],
  waited: Part[],
): Sentence {
  const round = wait.consensus === undefined ? undefined : moment.view.consensus.get(wait.consensus)
  if (round === undefined) {
    return debtors.length === 0
      ? [...waited, text('a decision.')]
      : [
          ...waited,
          text('a decision that '),
          ...debtorList(moment, debtors),
          text(debtors.length === 1 ? ' owes.' : ' owe.'),
        ]
  }
  const name = strong(`Loop ${round.loop}, iteration ${round.iteration}`)
  if (round.outcome !== undefined)
    return [
      name,
      text(' is decided: '),
      strong(round.outcome.decision),
      text('; it goes on any moment now.'),
    ]
  if (round.policy === 'owner')
    return [...waited, text('the owner’s decision of '), name, text('.')]
  const missing = missingVoters(round)
  if (missing.length === 0)
    return [text('All votes of '), name, text(' are in; it is decided any moment now.')]
  return [
    ...waited,
    text('the decision of '),
    name,
    text(': '),
    ...debtorList(moment, missing),
    text(missing.length === 1 ? ' has not voted.' : ' have not voted.'),
  ]
}

/** Ids with what is wrong with them, so that the first reading names the culprit. */
function debtorList(moment: Moment, debtors: readonly string[]): Part[] {
  const troubled = debtors.filter((it) => trouble(moment, it) !== undefined)
  const ordered = [...troubled, ...debtors.filter((it) => !troubled.includes(it))]
  return listOfIds(ordered).flatMap((part) =>
    part.kind === 'id' ? [part, ...state(moment, part.id)] : [part],
  )
}

function state(moment: Moment, coordinatorId: string): Part[] {
  const wrong = trouble(moment, coordinatorId)
  return wrong === undefined ? [] : [text(' ('), strong(wrong), text(')')]
}

function trouble(moment: Moment, coordinatorId: string): string | undefined {
  const coordinator = moment.view.coordinators.get(coordinatorId)
  if (coordinator === undefined) return 'not known here'
  if (!moment.knowledge.can) return undefined
  switch (coordinator.liveness) {
    case 'dead':
      return `dead for ${formatDuration(moment.now - coordinator.livenessSince)}`
    case 'stale':
      return `silent for ${formatDuration(deathCountdownOf(moment, coordinator).silentMs)}`
    case 'starting':
      return 'still starting'
    case 'failed':
      return 'never came'
    case 'stopped':
      return 'stopped'
    case 'escalated':
      return 'replaced'
    case 'active':
      return undefined
  }
}

function nextOf(moment: Moment, wait: Wait, debtors: readonly string[]): Next {
  const { view } = moment
  const candidates: Next[] = [{ kind: 'wait-ends', at: wait.until }]
  for (const debtor of debtors) {
    const coordinator = view.coordinators.get(debtor)
    if (coordinator === undefined) continue
    if (coordinator.liveness === 'starting' && coordinator.startDeadline !== undefined)
      candidates.push({
        kind: 'replacement-due',
        coordinatorId: debtor,
        at: coordinator.startDeadline,
      })
    // Only one that is late already: everybody else beats long before.
    if (coordinator.liveness === 'stale')
      candidates.push({
        kind: 'death',
        coordinatorId: debtor,
        at: deathCountdownOf(moment, coordinator).diesAt,
      })
  }
  const signal = wait.signalId === undefined ? undefined : view.signals.get(wait.signalId)
  if (signal !== undefined && debtors.length > 0)
    candidates.push({ kind: 'signal-expires', signalId: signal.signalId, at: signal.deadline })
  const round = wait.consensus === undefined ? undefined : view.consensus.get(wait.consensus)
  if (round !== undefined && round.outcome === undefined)
    candidates.push({ kind: 'votes-close', key: round.key, at: round.deadline })
  return candidates.reduce((first, it) => (it.at < first.at ? it : first))
}

function nextSentenceOf({ now }: Moment, next: Next): Sentence {
  const inTime: Part[] =
    next.at <= now ? [strong('any moment now')] : [text('in '), untilTime(next.at, now)]
  switch (next.kind) {
    case 'wait-ends':
      return [text('Its wait gives up '), ...inTime, text('.')]
    case 'death':
      return [
        id(next.coordinatorId),
        text(' is declared dead '),
        ...inTime,
        text(', unless it beats.'),
      ]
    case 'replacement-due':
      return [
        text('The replacement '),
        id(next.coordinatorId),
        text(' has to come '),
        ...(next.at <= now ? inTime : [text('with'), ...inTime]),
        text('.'),
      ]
    case 'signal-expires':
      return [text('The signal expires '), ...inTime, text('.')]
    case 'votes-close':
      return [text('The vote closes '), ...inTime, text('.')]
  }
}
