import type { CoordinatorView } from '../protocol/coordinator'
import { entryId, type Finding } from './attention-entry'
import type { Together } from './fell-silent-together'
import { quoteFilterValue } from './filter'
import { formatDuration } from './format-duration'
import { inCommon, inCommonSentence } from './in-common'
import type { Moment } from './moment'
import { counted, listOfIds, type Part, sinceTime, strong, text } from './sentence'

/** What every entry about many has. */
export function aboutAll(coordinators: readonly CoordinatorView[]) {
  const times = coordinators.map((it) => it.livenessSince)
  return {
    since: times.reduce((a, b) => Math.min(a, b)),
    latest: times.reduce((a, b) => Math.max(a, b)),
    coordinators: coordinators.map((it) => it.id).sort(),
  }
}

/** On the board, as near as the filter's words come to them. */
export function filterOf(status: string, swarmId: string | undefined): string {
  return swarmId === undefined
    ? `status:${status}`
    : `swarm:${quoteFilterValue(swarmId)} status:${status}`
}

interface WhatBecame {
  readonly kind: 'died-together' | 'late-together'
  readonly status: 'dead' | 'stale'
  /** Ends the title: `5 coordinators of billing …`. */
  readonly title: string
  /** Ends the sentence. */
  readonly more: readonly Part[]
}

/** What an entry about some who fell silent together has; what can be done differs. */
export function silentTogether(
  moment: Moment,
  { members, first, last }: Together,
  { kind, status, title, more }: WhatBecame,
) {
  const { swarmId } = inCommon(members)
  const about = aboutAll(members)
  return {
    ...about,
    silence: { first, last },
    id: entryId(kind, [String(first), String(last)]),
    kind,
    status,
    title: `${counted(members.length, 'coordinator')}${swarmId === undefined ? '' : ` of ${swarmId}`} ${title}`,
    sentence: [
      ...inCommonSentence(members),
      text(': '),
      ...listOfIds(about.coordinators),
      text(' fell silent '),
      ...spread(first, last),
      sinceTime(first, moment.now),
      text(' ago. '),
      ...more,
    ],
    actions: [{ kind: 'show-coordinators', filter: filterOf(status, swarmId) }],
  } satisfies Finding
}

/** How near their last beats are to each other. */
function spread(first: number, last: number): Part[] {
  return last - first < 1_000
    ? [text('at once, ')]
    : [text('within '), strong(formatDuration(last - first + 999)), text(' of each other, ')]
}
