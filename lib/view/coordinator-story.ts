import type { CoordinatorView } from '../protocol/coordinator'
import { type DeathCountdown, deathCountdownOf } from './death-countdown'
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
import { statusOf } from './status'
import { pendingSignalsOf, waiterIdsFor, waitersFor } from './waiters'
import { whyBlocked } from './why-blocked'

/**
 * What is the matter with a coordinator, or that nothing is: the first thing its drawer says. One sentence or a
 * few; of one that is blocked, each of its waits has its own, the longest first.
 */
export function coordinatorStory(
  moment: Moment,
  coordinator: CoordinatorView,
): readonly Sentence[] {
  return statusOf(coordinator, moment.knowledge) === 'blocked'
    ? whyBlocked(moment, coordinator).map((it) => [...it.sentence, text(' '), ...it.nextSentence])
    : [unblockedStory(moment, coordinator)]
}

function unblockedStory(moment: Moment, coordinator: CoordinatorView): Sentence {
  const { now, knowledge } = moment
  switch (statusOf(coordinator, knowledge)) {
    case 'blocked':
      return []
    case 'active':
      return [
        ...working(coordinator),
        text(', beating in time.'),
        ...waitedFor(moment, coordinator),
      ]
    case 'stale': {
      const waits = coordinator.waits.length === 0 ? ' It waits for nobody.' : ''
      return [
        ...working(coordinator),
        text(', and silent for '),
        silence(deathCountdownOf(moment, coordinator)),
        text(`.${waits}`),
        ...waitedFor(moment, coordinator),
      ]
    }
    case 'dead':
      return deathSentence(moment, coordinator)
    case 'starting':
      return startingSentence(moment, coordinator)
    case 'failed':
      return [
        text('The replacement'),
        ...(coordinator.replaces === undefined ? [] : [text(' of '), id(coordinator.replaces)]),
        text(' did not come in time, '),
        sinceTime(coordinator.livenessSince, now),
        text(' ago. What it inherited still waits in its hands: escalate it again.'),
      ]
    case 'escalated': {
      const refused = coordinator.refusedWrites
      return [
        text('Replaced'),
        ...(coordinator.replacedBy === undefined ? [] : [text(' by '), id(coordinator.replacedBy)]),
        text(', '),
        sinceTime(coordinator.livenessSince, now),
        text(' ago. '),
        ...(refused === 0
          ? [text('Its old process has not tried to write since.')]
          : [
              text('Its old process still writes: '),
              strong(`${counted(refused, 'write')} refused`),
              text('.'),
            ]),
      ]
    }
    case 'stopped':
      return [
        text('Left the board '),
        sinceTime(coordinator.livenessSince, now),
        text(' ago. It is not expected back.'),
      ]
    case 'unknown':
      return unknownSentence(moment)
  }
}

/** Silence, the threshold, and all that hangs on a dead one. */
export function deathSentence(moment: Moment, coordinator: CoordinatorView): Sentence {
  const countdown = deathCountdownOf(moment, coordinator)
  return [
    text('No heartbeat for '),
    silence(countdown),
    text(` (threshold ${formatDuration(countdown.thresholdMs)}). `),
    ...hangingOn(moment, [coordinator]),
  ]
}

function silence({ silentMs, lastBeat }: DeathCountdown): Part {
  return { kind: 'time', text: formatDuration(silentMs), at: lastBeat }
}

/** What moves and who is freed when they are replaced. */
export function hangingOn({ view }: Moment, coordinators: readonly CoordinatorView[]): Part[] {
  let signals = 0
  let workItems = 0
  const waiting = new Set<string>()
  for (const it of coordinators) {
    signals += pendingSignalsOf(view, it.id).length
    workItems += it.workItems
    for (const waiter of waiterIdsFor(view, it.id)) waiting.add(waiter)
  }
  const waiters = [...waiting]
  const them = coordinators.length === 1 ? 'it' : 'them'
  const things = [
    ...(signals > 0 ? [counted(signals, 'signal')] : []),
    ...(workItems > 0 ? [counted(workItems, 'work item')] : []),
  ]
  const waits: Part[] =
    things.length === 0
      ? []
      : [strong(things.join(' and ')), text(signals + workItems === 1 ? ' waits' : ' wait')]
  const blocks: Part[] =
    waiters.length === 0
      ? []
      : [...listOfIds(waiters), text(` ${waiters.length === 1 ? 'is' : 'are'} blocked on ${them}`)]
  if (waits.length === 0 && blocks.length === 0) return [text(`Nothing waits for ${them}.`)]
  return [
    ...waits,
    ...(waits.length > 0 && blocks.length > 0 ? [text('; ')] : []),
    ...blocks,
    text('.'),
  ]
}

function working(coordinator: CoordinatorView): Part[] {
  if (coordinator.phase === undefined) return [text('Registered')]
  return [text('In '), code(coordinator.phase), text(`, iteration ${coordinator.iteration}`)]
}

function waitedFor(moment: Moment, coordinator: CoordinatorView): Part[] {
  const waiters = waitersFor(moment.view, coordinator.id)
  const longest = waiters.reduce<(typeof waiters)[number] | undefined>(
    (found, it) => (found === undefined || it.wait.since < found.wait.since ? it : found),
    undefined,
  )
  if (longest === undefined) return []
  const others = new Set(waiters.map((it) => it.waiter.id)).size - 1
  return [
    text(' '),
    id(longest.waiter.id),
    ...(others > 0 ? [text(` and ${counted(others, 'other')}`)] : []),
    text(others > 0 ? ' have been waiting up to ' : ' has been waiting '),
    sinceTime(longest.wait.since, moment.now),
    text(
      longest.wait.kind === 'acks'
        ? ' for its ACK.'
        : longest.wait.kind === 'decision'
          ? ' for its vote.'
          : ' for its signal.',
    ),
  ]
}

function startingSentence({ view, now }: Moment, coordinator: CoordinatorView): Sentence {
  const spawn = view.spawns.get(coordinator.id)
  const step =
    spawn?.state === 'running'
      ? 'Its process runs; its own first beat is still to come'
      : spawn?.state === 'claimed'
        ? 'A spawner has taken the request and is starting a process'
        : 'No spawner has taken the request yet'
  return [
    text('Replacement'),
    ...(coordinator.replaces === undefined ? [] : [text(' of '), id(coordinator.replaces)]),
    text(`. ${step}`),
    ...(coordinator.startDeadline === undefined
      ? [text('.')]
      : coordinator.startDeadline > now
        ? [text('; it has to come within '), untilTime(coordinator.startDeadline, now), text('.')]
        : [text('; '), strong('its time is up'), text('.')]),
  ]
}

function unknownSentence({ knowledge, now }: Moment): Sentence {
  if (knowledge.can) return []
  switch (knowledge.why) {
    case 'redis':
      return [text('Redis cannot be reached, so nobody can tell whether it is alive.')]
    case 'link':
      return [text('This page has lost its server, so it cannot tell whether it is alive.')]
    case 'grace':
      return [
        text('Nobody can be declared dead yet: '),
        text(graceCause(knowledge.cause)),
        ...(knowledge.until === undefined
          ? []
          : [text('. Everyone has '), untilTime(knowledge.until, now), text(' to beat')]),
        text('.'),
      ]
  }
}

/** Why a grace period runs, as the end of a sentence. */
export function graceCause(cause: 'gap' | 'restart' | 'clock' | undefined): string {
  if (cause === 'restart') return 'Redis has restarted'
  if (cause === 'clock') return 'Redis’ clock has jumped'
  return 'nobody was watching for a while'
}
