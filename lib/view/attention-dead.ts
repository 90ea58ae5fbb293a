import type { CoordinatorView } from '../protocol/coordinator'
import { append } from './append'
import { entryId, type Finding } from './attention-entry'
import { aboutAll, silentTogether } from './attention-together'
import { deathSentence, hangingOn } from './coordinator-story'
import { fellSilentTogether, TOGETHER_FROM, type Together } from './fell-silent-together'
import { inCommon } from './in-common'
import type { Moment } from './moment'
import { counted, listOfIds, sinceTime, strong, text } from './sentence'

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
    append(byHost, host, it)
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

function diedTogether(moment: Moment, together: Together): Finding {
  const entry = silentTogether(moment, together, {
    kind: 'died-together',
    status: 'dead',
    title: 'died together',
    more: hangingOn(moment, together.members),
  })
  return {
    ...entry,
    actions: [{ kind: 'escalate-all', coordinatorIds: entry.coordinators }, ...entry.actions],
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
