import type { CoordinatorView } from '../protocol/coordinator'
import { type AttentionAction, entryId, type Finding } from './attention-entry'
import { coordinatorStory, deathSentence } from './coordinator-story'
import { deathCountdownOf } from './death-countdown'
import { freshestBeat, type Moment } from './moment'
import { counted, listOfIds, sinceTime, strong, text, untilTime } from './sentence'
import { statusOf } from './status'

/** From this many deaths on one host, with nobody left there, the host is the cause. */
const HOST_GONE_FROM = 3
/** Refused writes count as news for this long after the escalation or the last one. */
const FENCED_NEWS_MS = 600_000

export function findCoordinators(moment: Moment): Finding[] {
  const dead: CoordinatorView[] = []
  const late: CoordinatorView[] = []
  const missed: CoordinatorView[] = []
  const replaced: CoordinatorView[] = []
  const hostsAlive = new Set<string>()
  for (const coordinator of moment.view.coordinators.values()) {
    const status = statusOf(coordinator, moment.knowledge)
    if (status === 'dead') dead.push(coordinator)
    else if (status === 'stale') late.push(coordinator)
    else if (status === 'failed' && coordinator.replacedBy === undefined) missed.push(coordinator)
    else if (status === 'escalated') replaced.push(coordinator)
    else if (status !== 'stopped' && coordinator.process?.host !== undefined)
      hostsAlive.add(coordinator.process.host)
  }
  const { gone, single } = splitByHost(dead, hostsAlive)
  return [
    ...[...gone].map(([host, all]) => hostGone(moment, host, all)),
    ...single.map((it) => oneDead(moment, it)),
    ...missed.map((it) => oneFailed(moment, it)),
    ...late.map((it) => oneStale(moment, it)),
    ...replaced.flatMap((it) => fencedWrites(moment, it)),
  ]
}

function splitByHost(dead: readonly CoordinatorView[], alive: ReadonlySet<string>) {
  const byHost = new Map<string, CoordinatorView[]>()
  for (const it of dead) {
    const host = it.process?.host
    if (host === undefined || alive.has(host)) continue
    byHost.set(host, [...(byHost.get(host) ?? []), it])
  }
  const gone = new Map([...byHost].filter(([, list]) => list.length >= HOST_GONE_FROM))
  const single = dead.filter((it) => !gone.has(it.process?.host ?? ''))
  return { gone, single }
}

function hostGone({ now }: Moment, host: string, dead: readonly CoordinatorView[]): Finding {
  const ids = dead.map((it) => it.id).sort()
  const since = Math.min(...dead.map((it) => it.livenessSince))
  return {
    id: entryId('host-gone', [host]),
    kind: 'host-gone',
    status: 'dead',
    title: `Host ${host} is gone`,
    sentence: [
      text('All '),
      strong(counted(dead.length, 'coordinator')),
      text(` of ${host} fell silent, the first `),
      sinceTime(since, now),
      text(' ago: '),
      ...listOfIds(ids),
      text('.'),
    ],
    since,
    actions: [{ kind: 'show-coordinators', filter: 'status:dead' }],
    coordinators: ids,
  }
}

function oneDead(moment: Moment, coordinator: CoordinatorView): Finding {
  return {
    ...about(coordinator, 'dead'),
    kind: 'dead',
    status: 'dead',
    title: `${coordinator.id} is dead`,
    sentence: deathSentence(moment, coordinator),
    actions: [escalate(coordinator), open(coordinator)],
  }
}

function oneFailed(moment: Moment, coordinator: CoordinatorView): Finding {
  return {
    ...about(coordinator, 'failed'),
    kind: 'failed',
    status: 'failed',
    title: `${coordinator.id} never came`,
    sentence: coordinatorStory(moment, coordinator),
    actions: [escalate(coordinator), open(coordinator)],
  }
}

function oneStale(moment: Moment, coordinator: CoordinatorView): Finding {
  const { state, diesAt } = deathCountdownOf(moment, coordinator)
  return {
    ...about(coordinator, 'stale'),
    kind: 'stale',
    status: 'stale',
    title: `${coordinator.id} is late`,
    sentence: [
      text('Last beat '),
      sinceTime(freshestBeat(moment, coordinator), moment.now),
      text(' ago. '),
      ...(state === 'overdue'
        ? [strong('Past its time'), text('; the next sweep declares it dead.')]
        : [text('Dies in '), untilTime(diesAt, moment.now), text(' unless it beats.')]),
    ],
    actions: [open(coordinator)],
  }
}

/** A process that was stopped rather than killed goes on writing after it was replaced: it burns work for nothing. */
function fencedWrites({ now }: Moment, coordinator: CoordinatorView): Finding[] {
  if (coordinator.refusedWrites === 0) return []
  const last = Math.max(coordinator.livenessSince, Number(coordinator.seq.split('-')[0]))
  if (now - last > FENCED_NEWS_MS) return []
  const where = coordinator.process
  const process =
    where?.pid === undefined
      ? ''
      : ` (pid ${where.pid}${where.host === undefined ? '' : ` on ${where.host}`})`
  return [
    {
      ...about(coordinator, 'fenced-writes'),
      kind: 'fenced-writes',
      status: 'escalated',
      title: `${coordinator.id} still writes`,
      sentence: [
        strong(counted(coordinator.refusedWrites, 'write')),
        text(
          ` of its old process${process} ${coordinator.refusedWrites === 1 ? 'was' : 'were'} refused since it was replaced. Stop that process.`,
        ),
      ],
      actions: [open(coordinator)],
    },
  ]
}

function about(coordinator: CoordinatorView, kind: 'dead' | 'failed' | 'stale' | 'fenced-writes') {
  return {
    id: entryId(kind, [coordinator.id]),
    since: coordinator.livenessSince,
    coordinators: [coordinator.id],
  }
}

function escalate(coordinator: CoordinatorView): AttentionAction {
  return { kind: 'escalate', coordinatorId: coordinator.id }
}

function open(coordinator: CoordinatorView): AttentionAction {
  return { kind: 'open-coordinator', coordinatorId: coordinator.id }
}
