import type { CoordinatorView } from '../protocol/coordinator'
import { aboutAll, filterOf, spread } from './attention-dead'
import { entryId, type Finding } from './attention-entry'
import { deathCountdownOf } from './death-countdown'
import { fellSilentTogether, TOGETHER_FROM, type Together } from './fell-silent-together'
import { inCommon, inCommonSentence } from './in-common'
import { freshestBeat, type Moment } from './moment'
import { counted, listOfIds, type Part, sinceTime, strong, text, untilTime } from './sentence'

/** Who is late, each in exactly one entry: who fell silent together may well die together. */
export function findLate(moment: Moment, late: readonly CoordinatorView[]): Finding[] {
  return fellSilentTogether(late).flatMap((it) =>
    it.members.length >= TOGETHER_FROM
      ? [lateTogether(moment, it)]
      : it.members.map((one) => oneLate(moment, one)),
  )
}

function lateTogether(moment: Moment, { members, first, last }: Together): Finding {
  const { swarmId } = inCommon(members)
  const about = aboutAll(members)
  return {
    ...about,
    silence: { first, last },
    id: entryId('late-together', [String(first), String(last)]),
    kind: 'late-together',
    status: 'stale',
    title: `${counted(members.length, 'coordinator')}${swarmId === undefined ? '' : ` of ${swarmId}`} are late`,
    sentence: [
      ...inCommonSentence(members),
      text(': '),
      ...listOfIds(about.coordinators),
      text(' fell silent '),
      ...spread(first, last),
      sinceTime(first, moment.now),
      text(' ago. '),
      ...firstDeath(moment, members),
    ],
    actions: [{ kind: 'show-coordinators', filter: filterOf('stale', swarmId) }],
  }
}

function firstDeath(moment: Moment, members: readonly CoordinatorView[]): Part[] {
  const diesAt = members
    .map((it) => deathCountdownOf(moment, it).diesAt)
    .reduce((a, b) => Math.min(a, b))
  return diesAt <= moment.now
    ? [text('The first are '), strong('past their time'), text('.')]
    : [text('The first dies in '), untilTime(diesAt, moment.now), text(' unless it beats.')]
}

function oneLate(moment: Moment, coordinator: CoordinatorView): Finding {
  const { id, lastBeat, livenessSince } = coordinator
  const { state, diesAt } = deathCountdownOf(moment, coordinator)
  return {
    id: entryId('stale', [id]),
    kind: 'stale',
    status: 'stale',
    title: `${id} is late`,
    sentence: [
      text('Last beat '),
      sinceTime(freshestBeat(moment, coordinator), moment.now),
      text(' ago. '),
      ...(state === 'overdue'
        ? [strong('Past its time'), text('; the next sweep declares it dead.')]
        : [text('Dies in '), untilTime(diesAt, moment.now), text(' unless it beats.')]),
    ],
    since: livenessSince,
    silence: { first: lastBeat, last: lastBeat },
    actions: [{ kind: 'open-coordinator', coordinatorId: id }],
    coordinators: [id],
  }
}
