import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight, Pause, Play } from 'lucide-react'
import { useShortcut } from '../frame/shortcuts'
import { IconButton } from '../ui/icon-button'
import { Segmented } from '../ui/segmented'
import { SPEEDS } from './playback'
import type { UsedPlayback } from './use-playback'

interface TransportProps {
  playback: UsedPlayback
  onStep: (by: -1 | 1) => void
  onJump: (by: -1 | 1) => void
}

const OPTIONS = SPEEDS.map((it) => ({ value: String(it), label: `${it}×` }))

/** Moves the moment: from mark to mark, from event to event, or by itself. */
export function Transport({ playback, onStep, onJump }: TransportProps) {
  const { playing, speed, toggle, setSpeed } = playback
  useShortcut('play', toggle)
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
      <span className="flex items-center">
        <IconButton label="Mark before" hint="⇧ ←" size="sm" onClick={() => onJump(-1)}>
          <ChevronFirst />
        </IconButton>
        <IconButton label="Event before" hint="←" size="sm" onClick={() => onStep(-1)}>
          <ChevronLeft />
        </IconButton>
        <IconButton
          label={playing ? 'Pause' : 'Play'}
          hint="space"
          onClick={toggle}
          className="mx-0.5 text-ink"
        >
          {playing ? <Pause /> : <Play />}
        </IconButton>
        <IconButton label="Event after" hint="→" size="sm" onClick={() => onStep(1)}>
          <ChevronRight />
        </IconButton>
        <IconButton label="Mark after" hint="⇧ →" size="sm" onClick={() => onJump(1)}>
          <ChevronLast />
        </IconButton>
      </span>
      <Segmented
        label="Speed"
        value={String(speed)}
        onChange={(to) => {
          const found = SPEEDS.find((it) => String(it) === to)
          if (found) setSpeed(found)
        }}
        options={OPTIONS}
      />
    </div>
  )
}
