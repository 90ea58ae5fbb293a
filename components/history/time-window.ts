const MINUTE = 60_000

/** How much of the past the time line shows; undefined is all of it. */
export const SPANS = [
  { id: '5m', ms: 5 * MINUTE },
  { id: '1h', ms: 60 * MINUTE },
  { id: '6h', ms: 360 * MINUTE },
  { id: 'all', ms: undefined },
] as const
export type SpanId = (typeof SPANS)[number]['id']

export interface TimeWindow {
  /** ms; undefined reaches back to the oldest moment there is. */
  readonly spanMs: number | undefined
  /** ms by the server's clock; undefined is now. */
  readonly end: number | undefined
}

/** The window of a span around a moment; it ends now where the moment is that near. */
export function windowAround(at: number, now: number, spanMs: number | undefined): TimeWindow {
  if (spanMs === undefined || at + spanMs / 2 >= now) return { spanMs, end: undefined }
  return { spanMs, end: at + spanMs / 2 }
}

/** The narrowest span from now that holds the moment. */
export function spanHolding(at: number, now: number): SpanId {
  return SPANS.find(({ ms }) => ms === undefined || at >= now - ms * 0.9)?.id ?? 'all'
}

/** Where a moment stands in a window, 0..1. */
export function placeIn(at: number, from: number, to: number): number {
  return to <= from ? 1 : Math.min(1, Math.max(0, (at - from) / (to - from)))
}
