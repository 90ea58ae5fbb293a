import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { Status } from '@/lib/protocol/liveness'

/** What a coordinator is about, in the few words that a tile has room for. */
export function tileLine(coordinator: CoordinatorView, status: Status): string {
  const { phase, iteration, replacedBy, replaces, waits } = coordinator
  if (status === 'escalated' && replacedBy !== undefined) return `replaced by ${replacedBy}`
  if (status === 'starting') return replaces === undefined ? 'starting' : `takes over ${replaces}`
  if (status === 'failed') return 'the replacement never came'
  if (status === 'blocked' && waits[0] !== undefined) return waitLine(waits)
  const work = phase === undefined ? '' : shortPhase(phase)
  const round = iteration > 0 ? `it ${iteration}` : ''
  return [work, round].filter(Boolean).join(' · ') || (status === 'stopped' ? 'left' : 'registered')
}

function waitLine([first, ...more]: CoordinatorView['waits']): string {
  if (first === undefined) return ''
  const others = more.length > 0 ? `, ${more.length} more` : ''
  const [only] = first.on
  const whom =
    first.kind === 'decision'
      ? 'a decision'
      : first.on.length === 0
        ? first.kind === 'acks'
          ? 'ACKs'
          : 'a signal'
        : first.on.length === 1
          ? (only ?? '')
          : first.kind === 'acks'
            ? `${first.on.length} ACKs`
            : `one of ${first.on.length}`
  return `waits for ${whom}${others}`
}

/** `loop-3-implementation` is `implementation`: the track above tells the loop. */
function shortPhase(phase: string): string {
  return phase.replace(/^loop[-_ ]?\d{1,2}[-_ :]+/i, '').replaceAll(/[-_]/g, ' ')
}
