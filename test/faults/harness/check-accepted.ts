import type { NewLife, SwarmReport } from '../parts/swarm-report'
import type { History } from './history'

/** What processes were promised, and what is there. */
export interface Kept {
  readonly accepted: { signals: number; acks: number; work: number }
  /** Accepted, and not there. */
  readonly lostSignals: string[]
  readonly lostAcks: string[]
  readonly lostWork: string[]
  /** One of the sender's own keys, and more than one signal. */
  readonly doubled: string[]
  /** (coordinator, epoch) that two were given, or one was given twice. */
  readonly repeatedEpochs: string[]
}

/** Compares what the calls of a swarm answered with what Redis holds now. */
export function checkAccepted(history: History, reports: readonly SwarmReport[]): Kept {
  const signals = reports.flatMap((it) => it.signals)
  const acks = reports.flatMap((it) => it.acks)
  const work = reports.flatMap((it) => it.work)
  const inHand = new Set([...history.work.values()].flat())

  return {
    accepted: { signals: signals.length, acks: acks.length, work: work.length },
    lostSignals: signals
      .filter(({ signalId, target }) => {
        const record = history.signals.get(signalId)
        return !record?.view.targets.some((it) => it.coordinatorId === target)
      })
      .map((it) => it.signalId),
    lostAcks: acks
      .filter(({ signalId, mac }) => {
        const stored = [...(history.signals.get(signalId)?.acks.values() ?? [])]
        return !stored.some((it) => it.includes(mac))
      })
      .map((it) => `${it.coordinatorId} ${it.signalId}`),
    lostWork: work
      .filter(({ workId, done }) => inHand.has(workId) === done)
      .map((it) => `${it.workId} ${it.done ? 'is there again' : 'is gone'}`),
    doubled: doubledSignals(history),
    repeatedEpochs: repeatedEpochs(reports.flatMap((it) => it.lives)),
  }
}

/** Senders put a key of their own into the payload. */
function doubledSignals({ signals }: History): string[] {
  const first = new Map<string, string>()
  const found: string[] = []
  for (const [signalId, { signal }] of signals) {
    const { payload } = signal
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) continue
    if (typeof payload.key !== 'string') continue
    const other = first.get(payload.key)
    if (other) found.push(`${payload.key}: ${other} and ${signalId}`)
    else first.set(payload.key, signalId)
  }
  return found
}

export function repeatedEpochs(lives: readonly NewLife[]): string[] {
  const seen = new Set<string>()
  const found: string[] = []
  for (const { coordinatorId, epoch } of lives) {
    const life = `${coordinatorId} in epoch ${epoch}`
    if (seen.has(life)) found.push(life)
    seen.add(life)
  }
  return found
}
