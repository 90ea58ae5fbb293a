'use client'

import { useRef } from 'react'
import type { SignalDetail } from '@/lib/protocol/http'
import type { AckVerdict, SignalTarget, SignalView } from '@/lib/protocol/signal'
import { progressOf } from '@/lib/view/signal-progress'
import { Chip } from '../ui/chip'
import { CoordinatorLink } from '../ui/coordinator-link'
import { Duration } from '../ui/duration'
import { Id } from '../ui/id'
import { SectionHeader } from '../ui/section-header'
import { VerdictChip } from '../ui/verdict-chip'
import { TargetMark, targetLooks } from './target-mark'

interface TargetListProps {
  signal: SignalView
  /** Undefined until the server has checked them. */
  acks: SignalDetail['acks'] | undefined
}

/** Each target with its ACK, in the order of sending, so that nothing jumps while they come in. */
export function TargetList({ signal, acks }: TargetListProps) {
  const { acked, total } = progressOf(signal.targets)
  const checked = new Map(acks?.map((it) => [it.onBehalfOf, it]))
  return (
    <section aria-label="ACKs" className="grid gap-2 border-t border-soft pt-3">
      <SectionHeader level={3} title="ACKs" aside={`${acked} of ${total}`} />
      <ul aria-live="polite" className="grid">
        {signal.targets.map((target) => (
          <TargetLine
            key={target.coordinatorId}
            target={target}
            verdict={checked.get(target.coordinatorId)?.verdict ?? target.verdict}
            signedBy={checked.get(target.coordinatorId)?.metadata?.signedBy}
          />
        ))}
      </ul>
    </section>
  )
}

function TargetLine({
  target,
  verdict,
  signedBy,
}: {
  target: SignalTarget
  verdict: AckVerdict | undefined
  signedBy: 'server' | undefined
}) {
  const { coordinatorId, heldBy, state, latencyMs, rejected } = target
  const { tone, word } = targetLooks[state]
  // It lights up when the ACK comes while somebody looks, not when the list is opened.
  const first = useRef(state)
  const changed = first.current !== state
  const answered = state === 'acked' || state === 'completed'
  return (
    <li className="flex min-w-0 items-center gap-2 py-1.5 text-sm">
      <span
        key={state}
        data-tone={tone}
        className={changed ? 'animate-glow rounded-full' : undefined}
      >
        <TargetMark target={target} />
      </span>
      <span className="grid min-w-0 flex-1">
        <CoordinatorLink coordinatorId={coordinatorId} className="min-w-0 text-ink hover:underline">
          <Id id={coordinatorId} className="text-xs" />
        </CoordinatorLink>
        {heldBy && (
          <span className="truncate text-xs text-faint">
            {answered ? 'answered by ' : 'now with '}
            <CoordinatorLink coordinatorId={heldBy} className="mono hover:underline">
              {heldBy}
            </CoordinatorLink>
          </span>
        )}
      </span>
      {rejected > 0 && (
        <Chip tone="dead" title="ACKs in its name that did not hold; the true one may still come">
          {rejected} refused
        </Chip>
      )}
      {answered ? (
        <VerdictChip verdict={verdict ?? 'unverified'} signedBy={signedBy} />
      ) : (
        <span data-tone={tone} className="text-xs text-tone-ink">
          {word}
        </span>
      )}
      <span className="w-14 flex-none text-right text-xs text-faint">
        {latencyMs !== undefined && <Duration ms={latencyMs} />}
      </span>
    </li>
  )
}
