'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { eventPageSchema } from '@/lib/protocol/http'
import { compareSequences } from '@/lib/protocol/sequence'
import { eventConcerns } from '@/lib/view/event-concerns'
import type { View } from '@/lib/view/view'
import { apiGet } from '../live/api'
import { explain } from '../live/api-error'
import { useRecentEvents, useView } from '../live/use-live'
import { usePastEnd } from '../live/use-past'
import { ErrorState } from '../ui/error-state'
import { Skeleton } from '../ui/skeleton'
import { useSettled } from '../ui/use-settled'
import { BreakerList } from './breaker-list'
import { DrawerSection, NothingYet } from './drawer-section'
import { EventTimeline } from './event-timeline'
import { SignalsInOut } from './signals-in-out'

const whole = (view: View) => view
const EVENTS = 30
/** While the past is played, the log is read this often, ms; what is newer came with the board. */
const READ_MS = 3_000

/** What is below the fold of a coordinator as it was: what its board and the log tell, and nothing else. */
export function PastDetails({ coordinator: { id } }: { coordinator: CoordinatorView }) {
  const view = useView(whole)
  const signals = useMemo(() => [...view.signals.values()], [view.signals])
  const breakers = useMemo(
    () => [...view.breakers.values()].filter((it) => it.owner === id),
    [view.breakers, id],
  )
  const holds = (it: (typeof signals)[number]) =>
    it.targets.some(({ coordinatorId, heldBy }) => coordinatorId === id || heldBy === id)
  return (
    <>
      <SignalsInOut
        coordinatorId={id}
        incoming={signals.filter(holds)}
        outgoing={signals.filter((it) => it.source === id)}
      />
      <BreakerList breakers={breakers} />
      <PastTimeline id={id} />
      <DrawerSection title="Not kept by time">
        <NothingYet>
          Heartbeats, ACKs as they were checked, work items one by one and earlier lives are not in
          the log: they are told of now only.
        </NothingYet>
      </DrawerSection>
    </>
  )
}

function PastTimeline({ id }: { id: string }) {
  const end = usePastEnd()
  const before = useSettled(end, READ_MS)
  const recent = useRecentEvents()
  const query = useQuery({
    queryKey: ['past-events', id, before],
    enabled: before !== undefined,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      apiGet(
        `/events?coordinator=${encodeURIComponent(id)}&before=${before}&limit=${EVENTS}`,
        eventPageSchema,
        signal,
      ),
  })
  // While the next ones are on their way, at least none of the future is told.
  const read = query.data?.events.filter(
    (it) => end === undefined || compareSequences(it.seq, end) < 0,
  )
  const last = read?.at(-1)?.seq
  const events = read?.concat(
    recent.filter(
      (it) => (last === undefined || compareSequences(it.seq, last) > 0) && eventConcerns(it, id),
    ),
  )
  if (events) return <EventTimeline events={events} coordinatorId={id} />
  if (query.error)
    return (
      <ErrorState title="The log cannot be read" onRetry={() => void query.refetch()}>
        {explain(query.error)}
      </ErrorState>
    )
  return <Skeleton className="h-40" />
}
