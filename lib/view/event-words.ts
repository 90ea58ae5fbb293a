import { formatDuration } from './format-duration'
import { type Part, text } from './sentence'

/** The end of a sentence that says why, where somebody did. */
export function because(reason: string | undefined): Part[] {
  return reason === undefined || reason === '' ? [] : [text(`: ${reason}`)]
}

/** A span that is over: to the millisecond where it was short. */
export function spent(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`
  return ms < 10_000 ? `${(ms / 1_000).toFixed(1)} s` : formatDuration(ms)
}
