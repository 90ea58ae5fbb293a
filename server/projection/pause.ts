import { setTimeout as wait } from 'node:timers/promises'

/** Resolves after `ms` (at once when that is not positive), or as soon as it is aborted. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  await wait(Math.max(0, ms), undefined, { signal }).catch(() => {})
}
