import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { PastPoint } from '../live/past-point'
import { pagePast } from '../live/past-store'
import { useMedia } from '../ui/use-media'
import type { PastLoader } from './past-loader'
import { Playback, type PlaybackState, type Speed } from './playback'

/** Steps of what is played, ms. Who wants less motion sees one board a second. */
const STEP_MS = 100
const CALM_STEP_MS = 1_000

export interface UsedPlayback extends PlaybackState {
  toggle: () => void
  pause: () => void
  setSpeed: (speed: Speed) => void
  hold: (held: boolean) => void
}

const PAUSED: PlaybackState = { playing: false, speed: 1 }
const never = () => () => {}

/** The past that goes on by itself; it stops with the strip, and while nobody sees the page. */
export function usePlayback(
  loader: PastLoader | undefined,
  move: (point: PastPoint) => void,
): UsedPlayback {
  const calm = useMedia('(prefers-reduced-motion: reduce)')
  const [playback, setPlayback] = useState<Playback>()
  useEffect(() => {
    if (loader === undefined) return
    const fresh = new Playback(pagePast(), loader, move)
    setPlayback(fresh)
    const onHidden = () => document.hidden && fresh.pause()
    document.addEventListener('visibilitychange', onHidden)
    return () => {
      document.removeEventListener('visibilitychange', onHidden)
      fresh.pause()
    }
  }, [loader, move])
  const state = useSyncExternalStore(
    playback?.subscribe ?? never,
    () => playback?.getState() ?? PAUSED,
    () => PAUSED,
  )
  return {
    ...state,
    toggle: useCallback(() => {
      if (playback?.getState().playing) playback.pause()
      else playback?.play(calm ? CALM_STEP_MS : STEP_MS)
    }, [playback, calm]),
    pause: useCallback(() => playback?.pause(), [playback]),
    setSpeed: useCallback((speed: Speed) => playback?.setSpeed(speed), [playback]),
    hold: useCallback((held: boolean) => playback?.hold(held), [playback]),
  }
}
