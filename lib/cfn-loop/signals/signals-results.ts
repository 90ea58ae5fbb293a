import type { Signal } from '../../protocol/signal'

export interface SendSignalResult {
  success: true
  /** `sender:receiver:type:iteration:timestamp` */
  messageId: string
  /** It was sent before: `messageId` is that one's. */
  isDuplicate: boolean
  /** Of `messageId`, ms. */
  timestamp: number
  /** The receiver's inbox. */
  key: string
}

export interface ReceivedSignal {
  signal: Signal | null
  exists: boolean
  key: string
}

export interface SignalStatistics {
  signalsSent: number
  signalsReceived: number
  duplicatesDetected: number
  errors: number
}
