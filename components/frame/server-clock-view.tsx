'use client'

import { useServerNow } from '../live/use-live'
import { exactTitle, localClock, utcClock } from '../ui/format-time'
import { useTimeStyle } from '../ui/time-style'

/** The server's clock, which every age on the board is reckoned by. */
export function ServerClockView() {
  const now = useServerNow()
  const local = useTimeStyle() === 'local'
  return (
    <time
      className="mono w-26 flex-none text-right text-sm whitespace-nowrap text-mute max-lg:hidden"
      title={now === 0 ? undefined : exactTitle(now)}
    >
      {now === 0 ? '--:--:--' : local ? localClock(now) : utcClock(now)} {local ? 'local' : 'UTC'}
    </time>
  )
}
