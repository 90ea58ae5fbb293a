'use client'

import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { explain } from '../live/api-error'
import { useIsPast } from '../live/use-past'
import { ErrorState } from '../ui/error-state'
import { lazyPart } from '../ui/lazy-part'
import { Skeleton } from '../ui/skeleton'
import { AckList } from './ack-list'
import { BreakerList } from './breaker-list'
import { DrawerSection } from './drawer-section'
import { EventTimeline } from './event-timeline'
import { LifeList } from './life-list'
import { PastDetails } from './past-details'
import { SignalsInOut } from './signals-in-out'
import { useCoordinatorDetail } from './use-coordinator-detail'
import { WorkList } from './work-list'

// The charts' library is heavy, and nobody needs it before a drawer opens.
const HeartbeatChart = lazyPart(
  () => import('./heartbeat-chart').then((module) => module.HeartbeatChart),
  {
    loading: () => <Skeleton className="h-[6.5rem]" />,
  },
)

/** What is below the fold: beats, signals, ACKs, work, breakers, lives and the timeline. */
export function CoordinatorDetails({ coordinator }: { coordinator: CoordinatorView }) {
  const isPast = useIsPast()
  return isPast ? (
    <PastDetails coordinator={coordinator} />
  ) : (
    <LiveDetails coordinator={coordinator} />
  )
}

function LiveDetails({ coordinator }: { coordinator: CoordinatorView }) {
  const detail = useCoordinatorDetail(coordinator.id)
  return (
    <>
      <DrawerSection title="Heartbeat">
        <HeartbeatChart coordinator={coordinator} />
      </DrawerSection>
      {detail.data ? (
        <>
          <SignalsInOut
            coordinatorId={coordinator.id}
            incoming={detail.data.signalsIn}
            outgoing={detail.data.signalsOut}
          />
          <AckList acks={detail.data.acks} coordinatorId={coordinator.id} />
          <WorkList items={detail.data.work} />
          <BreakerList breakers={detail.data.breakers} />
          <LifeList coordinator={coordinator} escalations={detail.data.escalations} />
          <EventTimeline events={detail.data.events} coordinatorId={coordinator.id} />
        </>
      ) : detail.error ? (
        <ErrorState title="The rest cannot be read" onRetry={() => void detail.refetch()}>
          {explain(detail.error)}
        </ErrorState>
      ) : (
        <>
          <Skeleton className="h-24" />
          <Skeleton className="h-24" />
          <Skeleton className="h-40" />
        </>
      )}
    </>
  )
}
