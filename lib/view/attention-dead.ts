import type { CoordinatorView } from '../protocol/coordinator'
import { entryId, type Finding } from './attention-entry'
import { aboutAll, silentTogether } from './attention-together'
import { deathSentence, hangingOn } from './coordinator-story'
import { fellSilentTogether, TOGETHER_FROM, type Together } from './fell-silent-together'
import { type GonePlace, gonePlaces } from './gone-places'
import { only } from './in-common'
import type { Moment } from './moment'
import { counted, listOfIds, sinceTime, strong, text } from './sentence'

/**
 * The dead, each in exactly one entry. Where a host or a process has nobody left alive, that is the cause; where
 * many of several fell silent at one time, that is; the others died each of their own.
 */
export function findDead(
  moment: Moment,
  dead: readonly CoordinatorView[],
  living: readonly CoordinatorView[],
): Finding[] {
  const placeOf = new Map(
    gonePlaces(dead, living).flatMap((place) => place.members.map((it) => [it, place])),
  )
  const isOfOnePlace = ({ members }: Together) =>
    only(members.map((it) => placeOf.get(it))) !== undefined
  const together = fellSilentTogether(dead).filter(
    (it) => it.members.length >= TOGETHER_FROM && !isOfOnePlace(it),
  )
  const taken = new Set(together.flatMap(({ members }) => members))
  const left = dead.filter((it) => !taken.has(it))
  const gone = gonePlaces(left, living)
  for (const { members } of gone) for (const it of members) taken.add(it)
  const single = left.filter((it) => !taken.has(it))
  return [
    ...gone.map((it) => placeGone(moment, it)),
    ...together.map((it) => diedTogether(moment, it)),
    ...single.map((it) => oneDead(moment, it)),
  ]
}

function placeGone(moment: Moment, { host, pid, members }: GonePlace): Finding {
  const about = aboutAll(members)
  const beats = members.map((it) => it.lastBeat)
  const where = pid === undefined ? host : `process ${pid} on ${host}`
  return {
    ...about,
    silence: {
      first: beats.reduce((a, b) => Math.min(a, b)),
      last: beats.reduce((a, b) => Math.max(a, b)),
    },
    ...(pid === undefined
      ? { id: hostGoneId(host), kind: 'host-gone', title: `Host ${host} is gone` }
      : {
          id: processGoneId(host, pid),
          kind: 'process-gone',
          title: `Process ${pid} on ${host} is gone`,
          within: [hostGoneId(host)],
        }),
    status: 'dead',
    sentence: [
      text('All '),
      strong(counted(members.length, 'coordinator')),
      text(` of ${where} fell silent, the first `),
      sinceTime(about.since, moment.now),
      text(' ago: '),
      ...listOfIds(about.coordinators),
      text('. '),
      ...hangingOn(moment, members),
    ],
    actions: [
      { kind: 'escalate-all', coordinatorIds: about.coordinators },
      { kind: 'show-coordinators', filter: 'status:dead' },
    ],
  }
}

function hostGoneId(host: string): string {
  return entryId('host-gone', [host])
}

function processGoneId(host: string, pid: number): string {
  return entryId('process-gone', [host, String(pid)])
}

/** What had these in it while more of their place were dead. */
function goneWith(members: readonly CoordinatorView[]): string[] {
  const host = only(members.map((it) => it.process?.host))
  const pid = only(members.map((it) => it.process?.pid))
  if (host === undefined) return []
  return [hostGoneId(host), ...(pid === undefined ? [] : [processGoneId(host, pid)])]
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
    within: goneWith(together.members),
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
    within: goneWith([coordinator]),
    actions: [
      { kind: 'escalate', coordinatorId: id },
      { kind: 'open-coordinator', coordinatorId: id },
    ],
    coordinators: [id],
  }
}
