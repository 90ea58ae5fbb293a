import type { CoordinatorView } from '../protocol/coordinator'
import { entryId, type Finding } from './attention-entry'
import { deathSentence, hangingOn } from './coordinator-story'
import { fellSilentTogether, TOGETHER_FROM, type Together } from './fell-silent-together'
import { quoteFilterValue } from './filter'
import { formatDuration } from './format-duration'
import { inCommon, inCommonSentence } from './in-common'
import type { Moment } from './moment'
import { counted, listOfIds, type Part, sinceTime, strong, text } from './sentence'

/**
 * The dead, each in exactly one entry. Where a host has nobody left alive, the host is the cause; where many of
 * several hosts fell silent at one time, that is; the others died each of their own.
 */
export function findDead(
  moment: Moment,
  dead: readonly CoordinatorView[],
  hostsAlive: ReadonlySet<string>,
): Finding[] {
  const gone = goneHosts(dead, hostsAlive)
  const isOfOneGoneHost = ({ members }: Together) => {
    const { host } = inCommon(members)
    return host !== undefined && gone.has(host)
  }
  const together = fellSilentTogether(dead).filter(
    (it) => it.members.length >= TOGETHER_FROM && !isOfOneGoneHost(it),
  )
  const taken = new Set(together.flatMap(({ members }) => members))
  const left = dead.filter((it) => !taken.has(it))
  const goneStill = goneHosts(left, hostsAlive)
  const single = left.filter((it) => !goneStill.has(it.process?.host ?? ''))
  return [
    ...[...goneStill].map(([host, all]) => hostGone(moment, host, all)),
    ...together.map((it) => diedTogether(moment, it)),
    ...single.map((it) => oneDead(moment, it)),
  ]
}

function goneHosts(
  dead: readonly CoordinatorView[],
  alive: ReadonlySet<string>,
): Map<string, CoordinatorView[]> {
  const byHost = new Map<string, CoordinatorView[]>()
  for (const it of dead) {
    const host = it.process?.host
    if (host === undefined || alive.has(host)) continue
    const others = byHost.get(host)
    if (others === undefined) byHost.set(host, [it])
    else others.push(it)
  }
  return new Map([...byHost].filter(([, list]) => list.length >= TOGETHER_FROM))
}

function hostGone(moment: Moment, host: string, dead: readonly CoordinatorView[]): Finding {
  const about = aboutAll(dead)
  return {
    ...about,
    id: entryId('host-gone', [host]),
    kind: 'host-gone',
    status: 'dead',
    title: `Host ${host} is gone`,
    sentence: [
      text('All '),
      strong(counted(dead.length, 'coordinator')),
      text(` of ${host} fell silent, the first `),
      sinceTime(about.since, moment.now),
      text(' ago: '),
      ...listOfIds(about.coordinators),
      text('. '),
      ...hangingOn(moment, dead),
    ],
    actions: [
      { kind: 'escalate-all', coordinatorIds: about.coordinators },
      { kind: 'show-coordinators', filter: 'status:dead' },
    ],
  }
}

function diedTogether(moment: Moment, { members, first, last }: Together): Finding {
  const { swarmId } = inCommon(members)
  const about = aboutAll(members)
  return {
    ...about,
    silence: { first, last },
    id: entryId('died-together', [String(first), String(last)]),
    kind: 'died-together',
    status: 'dead',
    title: `${counted(members.length, 'coordinator')}${swarmId === undefined ? '' : ` of ${swarmId}`} died together`,
    sentence: [
      ...inCommonSentence(members),
      text(': '),
      ...listOfIds(about.coordinators),
      text(' fell silent '),
      ...spread(first, last),
      sinceTime(first, moment.now),
      text(' ago. '),
      ...hangingOn(moment, members),
    ],
    actions: [
      { kind: 'escalate-all', coordinatorIds: about.coordinators },
      { kind: 'show-coordinators', filter: filterOf('dead', swarmId) },
    ],
  }
}

/** How near their last beats are to each other. */
export function spread(first: number, last: number): Part[] {
  return last - first < 1_000
    ? [text('at once, ')]
    : [text('within '), strong(formatDuration(last - first + 999)), text(' of each other, ')]
}

/** On the board, as near as the filter's words come to them. */
export function filterOf(status: string, swarmId: string | undefined): string {
  return swarmId === undefined
    ? `status:${status}`
    : `swarm:${quoteFilterValue(swarmId)} status:${status}`
}

/** What every entry about many has. */
export function aboutAll(coordinators: readonly CoordinatorView[]) {
  const times = coordinators.map((it) => it.livenessSince)
  return {
    since: times.reduce((a, b) => Math.min(a, b)),
    latest: times.reduce((a, b) => Math.max(a, b)),
    coordinators: coordinators.map((it) => it.id).sort(),
  }
}

function oneDead(moment: Moment, coordinator: CoordinatorView): Finding {
  const { id, lastBeat, livenessSince } = coordinator
  return {
    id: entryId('dead', [id]),
    kind: 'dead',
    status: 'dead',
    title: `${id} is dead`,
    sentence: deathSentence(moment, coordinator),
    since: livenessSince,
    silence: { first: lastBeat, last: lastBeat },
    actions: [
      { kind: 'escalate', coordinatorId: id },
      { kind: 'open-coordinator', coordinatorId: id },
    ],
    coordinators: [id],
  }
}
