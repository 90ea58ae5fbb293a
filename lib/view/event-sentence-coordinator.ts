import type { EventOf, EventType } from '../protocol/events'
import { formatDuration, spent } from './format-duration'
import { code, counted, id, listOfIds, type Sentence, said, strong, text } from './sentence'

type LifeEvent = EventOf<
  Extract<EventType, `coordinator.${string}` | `work.${string}` | `spawn.${string}`>
>

/** What happened to a coordinator, its work and its replacement; its own name comes before it. */
export function lifeSentence(event: LifeEvent): Sentence {
  switch (event.type) {
    case 'coordinator.registered':
      return [
        text(event.data.liveness === 'starting' ? 'process adopted it in ' : 'registered in '),
        strong(event.data.swarmId),
        ...(event.data.replaces === undefined
          ? []
          : [text(', replacing '), id(event.data.replaces)]),
      ]
    case 'coordinator.reregistered':
      return [text('registered again: Redis had lost its record')]
    case 'coordinator.phase_changed': {
      const { action, phase, iteration } = event.data
      if (action !== undefined) return [text(action)]
      return [
        text(`iteration ${iteration}`),
        ...(phase === undefined ? [] : [text(', phase '), code(phase)]),
      ]
    }
    case 'coordinator.blocked': {
      const { wait } = event.data
      const what = { acks: 'the ACK of ', signal: 'a signal of ', decision: 'the decision of ' }[
        wait.kind
      ]
      return wait.on.length === 0
        ? [text(wait.kind === 'decision' ? 'waits for a decision' : 'waits for a signal')]
        : [text(`waits for ${what}`), ...listOfIds(wait.on)]
    }
    case 'coordinator.unblocked': {
      const ends = {
        completed: 'waited',
        timed_out: 'gave up after',
        aborted: 'stopped waiting after',
        lost: 'was lost after',
      }
      return [text(`${ends[event.data.outcome]} ${spent(event.data.waitedMs)}`)]
    }
    case 'coordinator.stale':
      return [text(`late: no beat for ${formatDuration(event.data.silentMs)}`)]
    case 'coordinator.timed_out':
      return [
        text(
          `dead: no beat for ${formatDuration(event.data.silentMs)}, threshold ${formatDuration(event.data.thresholdMs)}`,
        ),
      ]
    case 'coordinator.recovered':
      return [text(`back from ${event.data.from} after ${formatDuration(event.data.silentMs)}`)]
    case 'coordinator.escalated':
      return [
        text('replaced by '),
        id(event.data.newCoordinatorId),
        text(`: ${moved(event.data.movedSignals, event.data.movedWorkItems)}`),
      ]
    case 'coordinator.started':
      return [text('first beat: it is active')]
    case 'coordinator.failed':
      return [text('never came: '), said(event.data.reason)]
    case 'coordinator.stopped':
      return [text(event.data.reason === 'graceful' ? 'left gracefully' : 'cleaned up')]
    case 'coordinator.forgotten':
      return [text('forgotten')]
    case 'coordinator.write_refused':
      return [
        text('refused a write of its old process: '),
        code(event.data.operation),
        text(`, the ${ordinal(event.data.count)}`),
      ]
    case 'work.stored':
      return [text('stored work item '), code(event.data.workId)]
    case 'work.completed':
      return [text('completed work item '), code(event.data.workId)]
    case 'work.transferred':
      return [
        text(`${counted(event.data.workIds.length, 'work item')} went from `),
        id(event.data.from),
        text(' to '),
        id(event.data.to),
      ]
    case 'spawn.requested':
      return [text('asked for a process for '), id(event.data.coordinatorId)]
    case 'spawn.claimed':
      return [
        strong(event.data.spawnerId),
        text(' starts a process for '),
        id(event.data.coordinatorId),
      ]
    case 'spawn.running':
      return [
        text('the process of '),
        id(event.data.coordinatorId),
        text(' runs'),
        ...(event.data.process?.pid === undefined ? [] : [text(`, pid ${event.data.process.pid}`)]),
      ]
    case 'spawn.failed':
      return [
        text('no process for '),
        id(event.data.coordinatorId),
        text(': '),
        said(event.data.reason),
      ]
  }
}

function moved(signals: number, items: number): string {
  return `${counted(signals, 'signal')} and ${counted(items, 'work item')} moved`
}

function ordinal(count: number): string {
  const tens = count % 100
  const ending =
    tens >= 11 && tens <= 13 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[count % 10] ?? 'th')
  return `${count}${ending}`
}
