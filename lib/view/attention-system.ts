import { LIVING } from '../protocol/liveness'
import { entryId, type Finding } from './attention-entry'
import { graceCause } from './coordinator-story'
import type { Moment } from './moment'
import { counted, type Part, sinceTime, strong, text, untilTime } from './sentence'

/** Without a sweep for this long, nobody is watching: several times the slowest usual interval. */
const UNWATCHED_MS = 120_000

/** What keeps anybody from telling: Redis gone, the link gone, a grace period, no monitor. */
export function findSystem(moment: Moment): Finding[] {
  const { knowledge, now, view } = moment
  if (knowledge.can) return findUnwatched(moment)
  const since = knowledge.since ?? view.at
  const again: Part[] =
    knowledge.until === undefined || knowledge.until <= now
      ? []
      : [text(' Next try in '), untilTime(knowledge.until, now), text('.')]
  const base = { actions: [], coordinators: [], status: 'unknown' as const, since }
  const everyone = counted(view.coordinators.size, 'coordinator')
  switch (knowledge.why) {
    case 'redis':
      return [
        {
          ...base,
          id: entryId('redis-gone', []),
          kind: 'redis-gone',
          title: 'Redis cannot be reached',
          sentence: [
            text('Since '),
            sinceTime(since, now),
            text(` nobody can tell which of ${everyone} `),
            text(view.coordinators.size === 1 ? 'is alive. ' : 'are alive. '),
            strong('None dies of it.'),
            ...again,
          ],
        },
      ]
    case 'link':
      return [
        {
          ...base,
          id: entryId('link-gone', []),
          kind: 'link-gone',
          title: 'This page has lost its server',
          sentence: [text('What you see is '), sinceTime(since, now), text(' old.'), ...again],
        },
      ]
    case 'grace': {
      const until = knowledge.until ?? now
      return [
        {
          ...base,
          id: entryId('grace', [String(until)]),
          kind: 'grace',
          title: 'Grace period',
          since: Math.min(since, now),
          sentence: [
            text('Nobody is declared dead for another '),
            untilTime(until, now),
            text(`, since ${graceCause(knowledge.cause)}.`),
          ],
        },
      ]
    }
  }
}

function findUnwatched({ view, now, lastSweepAt }: Moment): Finding[] {
  const anybody = [...view.coordinators.values()].some((it) => LIVING.has(it.liveness))
  if (!anybody || lastSweepAt === undefined || now - lastSweepAt < UNWATCHED_MS) return []
  return [
    {
      id: entryId('unwatched', []),
      kind: 'unwatched',
      status: 'unknown',
      title: 'Nobody is watching',
      sentence: [
        text('No monitor has swept for '),
        sinceTime(lastSweepAt, now),
        text(': deaths and expired signals go unnoticed until one does.'),
      ],
      since: lastSweepAt,
      actions: [],
      coordinators: [],
    },
  ]
}
