import { useRef } from 'react'
import type { Moment } from '@/lib/view/moment'
import { useMoment } from './use-live'

/** Boards up to this size are judged with every change, larger ones once a second. */
const SMALL = 500

/** The moment for derivations that look at the whole board: a large one is not searched for every event. */
export function useSlowMoment(): Moment {
  const moment = useMoment()
  const judged = useRef(moment)
  if (
    moment.now !== judged.current.now ||
    moment.knowledge !== judged.current.knowledge ||
    moment.view.coordinators.size <= SMALL
  )
    judged.current = moment
  return judged.current
}
