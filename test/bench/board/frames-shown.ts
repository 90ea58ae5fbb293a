import type { CDPSession } from '@playwright/test'
import { traced } from './trace'

/**
 * Frames that came to the screen while `act` ran, and what `act` answers. They are what one sees of
 * scrolling; the page's own are fewer while it is busy, since the browser moves what is drawn already
 * without asking it.
 */
export async function framesShown<T>(
  cdp: CDPSession,
  act: () => Promise<T>,
): Promise<{ frames: number; answer: T }> {
  const { events, answer } = await traced(cdp, ['viz'], act)
  const frames = events.filter((it) => it.name === 'Display::FrameDisplayed').length
  if (frames === 0) throw new Error('the trace holds no frame that was shown')
  return { frames, answer }
}
