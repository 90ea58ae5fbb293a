import { lazyPart } from '../ui/lazy-part'
import { Skeleton } from '../ui/skeleton'

/** The chart of latencies; its library is loaded when one is first shown. */
export const LazyLatencyChart = lazyPart(
  () => import('./latency-chart').then((module) => module.LatencyChart),
  {
    loading: () => <Skeleton className="h-[6.75rem]" />,
  },
)
