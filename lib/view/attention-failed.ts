import type { CoordinatorView } from '../protocol/coordinator'
import { append } from './append'
import { entryId, type Finding } from './attention-entry'
import { aboutAll, filterOf } from './attention-together'
import { coordinatorStory, hangingOn } from './coordinator-story'
import { TOGETHER_FROM } from './fell-silent-together'
import { inCommon } from './in-common'
import type { Moment } from './moment'
import { listOfIds, strong, text } from './sentence'

const NOBODY_SAID = 'no process came in time'

/** Replacements that never came, each in exactly one entry: many for the same reason have one cause. */
export function findFailed(moment: Moment, failed: readonly CoordinatorView[]): Finding[] {
  const byReason = new Map<string, CoordinatorView[]>()
  for (const it of failed) {
    const reason = moment.view.spawns.get(it.id)?.reason ?? NOBODY_SAID
    append(byReason, reason, it)
  }
  return [...byReason].flatMap(([reason, all]) =>
    all.length >= TOGETHER_FROM
      ? [failedTogether(moment, reason, all)]
      : all.map((it) => oneFailed(moment, it)),
  )
}

function failedTogether(
  moment: Moment,
  reason: string,
  failed: readonly CoordinatorView[],
): Finding {
  const about = aboutAll(failed)
  const { swarmId } = inCommon(failed)
  return {
    ...about,
    id: entryId('failed-together', [reason]),
    kind: 'failed-together',
    status: 'failed',
    title: `${failed.length} replacements never came`,
    sentence: [
      text('All for the same reason, '),
      strong(reason),
      text(': '),
      ...listOfIds(about.coordinators),
      text('. '),
      ...hangingOn(moment, failed),
      ...(reason === NOBODY_SAID
        ? [text(' See that a spawner runs, then escalate them again.')]
        : []),
    ],
    actions: [
      { kind: 'escalate-all', coordinatorIds: about.coordinators },
      { kind: 'show-coordinators', filter: filterOf('failed', swarmId) },
    ],
  }
}

function oneFailed(moment: Moment, coordinator: CoordinatorView): Finding {
  const { id, livenessSince } = coordinator
  return {
    id: entryId('failed', [id]),
    kind: 'failed',
    status: 'failed',
    title: `${id} never came`,
    sentence: coordinatorStory(moment, coordinator)[0] ?? [],
    since: livenessSince,
    actions: [
      { kind: 'escalate', coordinatorId: id },
      { kind: 'open-coordinator', coordinatorId: id },
    ],
    coordinators: [id],
  }
}
