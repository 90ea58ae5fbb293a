import dynamic from 'next/dynamic'
import { Skeleton } from '../ui/skeleton'

/** The chart of latencies; its library is loaded when one is first shown. */
export const LazyLatencyChart = dynamic(
  () => import('./latency-chart').then((module) => module.LatencyChart),
  { ssr: false, loading: () => <Skeleton className="h-[6.75rem]" /> },
)
