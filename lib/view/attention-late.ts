import type { CoordinatorView } from '../protocol/coordinator'
import { entryId, type Finding } from './attention-entry'
import { silentTogether } from './attention-together'
import { deathCountdownOf } from './death-countdown'
import { fellSilentTogether, TOGETHER_FROM } from './fell-silent-together'
import { freshestBeat, type Moment } from './moment'
import { type Part, sinceTime, strong, text, untilTime } from './sentence'

/** Who is late, each in exactly one entry: who fell silent together may well die together. */
export function findLate(moment: Moment, late: readonly CoordinatorView[]): Finding[] {
  return fellSilentTogether(late).flatMap((it) =>
    it.members.length >= TOGETHER_FROM
      ? [
          silentTogether(moment, it, {
            kind: 'late-together',
            status: 'stale',
            title: 'are late',
            more: firstDeath(moment, it.members),
          }),
        ]
      : it.members.map((one) => oneLate(moment, one)),
  )
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
