'use client'

import type { CheckedAck } from '@/lib/protocol/http'
import type { AckLatency } from '@/lib/view/latency'
import { LazyLatencyChart } from '../signals/lazy-latency-chart'
import { CoordinatorLink } from '../ui/coordinator-link'
import { Duration } from '../ui/duration'
import { Id } from '../ui/id'
import { Time } from '../ui/time'
import { VerdictChip } from '../ui/verdict-chip'
import { DrawerSection, NothingYet } from './drawer-section'

const SHOWN = 8

/** ACKs that it gave and got, each checked again by the server when this was read. */
export function AckList({
  acks,
  coordinatorId,
}: {
  acks: readonly CheckedAck[]
  coordinatorId: string
}) {
  const latest = [...acks].sort((a, b) => b.at - a.at).slice(0, SHOWN)
  const latencies = latenciesOf(acks)
  const bad = acks.filter((it) => it.verdict !== 'valid').length
  return (
    <DrawerSection
      title="ACKs"
      aside={
        acks.length === 0
          ? undefined
          : bad === 0
            ? `${acks.length}, all valid`
            : `${bad} of ${acks.length} refused`
      }
    >
      {latencies.length > 1 && <LazyLatencyChart latencies={latencies} />}
      {latest.length === 0 ? (
        <NothingYet>It has neither given nor got an ACK.</NothingYet>
      ) : (
        <ul className="grid">
          {latest.map((ack) => (
            <AckLine
              key={`${ack.direction}:${ack.signalId}:${ack.target}:${ack.coordinatorId}:${ack.verdict}:${ack.at}`}
              ack={ack}
              coordinatorId={coordinatorId}
            />
          ))}
        </ul>
      )}
    </DrawerSection>
  )
}

function latenciesOf(acks: readonly CheckedAck[]): AckLatency[] {
  return acks
    .flatMap(({ at, latencyMs, coordinatorId, signalId }) =>
      latencyMs === undefined
        ? []
        : [{ at, ms: latencyMs, coordinatorId, type: signalId.split(':')[2] ?? 'signal' }],
    )
    .sort((a, b) => a.at - b.at)
}

function AckLine({ ack, coordinatorId }: { ack: CheckedAck; coordinatorId: string }) {
  const given = ack.direction === 'given'
  // What it gave went to the sender of the signal, whose name the signal's own begins with.
  const other = given ? (ack.signalId.split(':')[0] ?? ack.signalId) : ack.coordinatorId
  return (
    <li className="flex min-w-0 items-center gap-2 py-1 text-sm" title={ack.signalId}>
      <span className="w-5 flex-none text-faint">{given ? 'to' : 'of'}</span>
      <CoordinatorLink coordinatorId={other} className="min-w-0 flex-1 text-ink hover:underline">
        <Id id={other} className="text-xs" />
      </CoordinatorLink>
      {ack.target !== ack.coordinatorId && (
        <span className="text-xs text-faint" title={`On behalf of ${ack.target}`}>
          for {ack.target === coordinatorId ? 'it' : ack.target}
        </span>
      )}
      <VerdictChip verdict={ack.verdict} signedBy={ack.signedBy} />
      <span className="w-17 flex-none text-right text-xs whitespace-nowrap text-faint">
        {ack.latencyMs === undefined ? <Time at={ack.at} /> : <Duration ms={ack.latencyMs} />}
      </span>
    </li>
  )
}
