import type { BreakerView } from '../protocol/breaker'
import { entryId, type Finding } from './attention-entry'
import { isTripped } from './breaker-owner'
import type { Moment } from './moment'
import { counted, listOfIds, said, strong, text, untilTime } from './sentence'

/**
 * Open breakers, one entry for each dependency: `redis` open in ten processes is one trouble. One whose
 * owner died is none beside that death.
 */
export function findBreakers({ view, now }: Moment): Finding[] {
  const byName = new Map<string, BreakerView[]>()
  for (const breaker of view.breakers.values()) {
    if (!isTripped(view, breaker)) continue
    const others = byName.get(breaker.name)
    if (others === undefined) byName.set(breaker.name, [breaker])
    else others.push(breaker)
  }
  return [...byName].map(([name, breakers]) => {
    const owners = breakers.map((it) => it.owner).sort()
    const retries = breakers.flatMap((it) =>
      it.state === 'open' && it.retryAt !== undefined ? [it.retryAt] : [],
    )
    const next = retries.length === 0 ? undefined : Math.min(...retries)
    const forced = breakers.find(
      (it) => it.forced?.state === 'open' && it.forced.obeyedAt !== undefined,
    )?.forced
    const error = breakers.find((it) => it.lastError !== undefined)?.lastError
    return {
      id: entryId('breaker', [name]),
      kind: 'breaker',
      status: 'failed',
      title: `Breaker ${name} is ${breakers.every((it) => it.state === 'half-open') ? 'probing' : 'open'}`,
      sentence: [
        text('At '),
        ...listOfIds(owners),
        ...(forced === undefined
          ? error === undefined
            ? [
                text(
                  ` after ${counted(Math.max(...breakers.map((it) => it.failures)), 'failure')}.`,
                ),
              ]
            : [text(': '), strong(error), text('.')]
          : [text(`, forced open by ${forced.by}: `), said(forced.reason), text('.')]),
        ...(next === undefined
          ? []
          : next <= now
            ? [text(' A probe is due.')]
            : [text(' First probe in '), untilTime(next, now), text('.')]),
      ],
      since: Math.min(...breakers.map((it) => it.since)),
      actions: [{ kind: 'show-breakers', name }],
      coordinators: owners.filter((it) => view.coordinators.has(it)),
      room: 'breakers',
    }
  })
}
