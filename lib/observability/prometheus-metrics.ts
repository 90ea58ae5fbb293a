export {
  blockingCoordinatorsTotal,
  blockingDurationSeconds,
  heartbeatFailuresTotal,
  signalDeliveryLatencySeconds,
  timeoutEventsTotal,
} from './core-metrics'
export { enableMetrics, type MetricsOptions } from './enable-metrics'
