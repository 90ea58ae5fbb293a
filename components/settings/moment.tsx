import { exactLocal, exactUtc } from '../ui/format-time'
import { Time } from '../ui/time'
import { useTimeStyle } from '../ui/time-style'

const DAY_LENGTH = '2026-11-23'.length

/** A time that may be days ago: where times are hours, its day stands before it. */
export function Moment({ at }: { at: number }) {
  const style = useTimeStyle()
  if (style === 'relative') return <Time at={at} ago />
  const day = (style === 'utc' ? exactUtc(at) : exactLocal(at)).slice(0, DAY_LENGTH)
  return (
    <>
      {day} <Time at={at} />
    </>
  )
}
