import type { DeliveryAttempt, WebhookSubject } from '@/lib/protocol/webhooks'
import type { Tone } from '../ui/status-look'

/** What somebody can ask to be told of, as it is offered and as it is listed. */
export const subjectWords: Record<WebhookSubject, { label: string; short: string }> = {
  attention: { label: 'Everything that needs attention', short: 'everything' },
  deaths: { label: 'A coordinator, or many, died', short: 'deaths' },
  replacements: { label: 'A replacement never came', short: 'failed replacements' },
  breakers: { label: 'A breaker opened', short: 'breakers' },
}

export const outcomeLooks: Record<DeliveryAttempt['outcome'], { word: string; tone: Tone }> = {
  delivered: { word: 'delivered', tone: 'active' },
  retried: { word: 'tried again', tone: 'stale' },
  failed: { word: 'failed', tone: 'dead' },
  dropped: { word: 'not sent', tone: 'dead' },
}

/** How one attempt went, in a few words: what failed, or what the receiver answered. */
export function attemptText({ error, status, tookMs, attempt }: DeliveryAttempt): string {
  const how = error ?? (status === undefined ? '' : `answered ${status}`)
  const again = attempt > 1 ? `attempt ${attempt}, ` : ''
  return `${again}${how}${tookMs > 0 ? `, ${tookMs} ms` : ''}`
}
