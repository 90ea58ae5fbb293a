'use client'

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import type { AttentionEntry } from '@/lib/view/attention-entry'
import type { Moment } from '@/lib/view/moment'
import { useCalmView } from '../live/calm-view'
import { lastBeatOf, useKnowledge, useServerNow, useStatusFrame } from '../live/use-live'
import { whenLoaded } from '../live/when-loaded'

const Context = createContext<readonly AttentionEntry[]>([])

/** Works the list of trouble out once for everybody who shows a part of it. */
export function AttentionProvider({ children }: { children: ReactNode }) {
  const view = useCalmView()
  const now = useServerNow()
  const knowledge = useKnowledge()
  const lastSweepAt = useStatusFrame()?.lastSweepAt
  const attentionOf = useJudgement()
  const entries = useMemo(
    () =>
      now === 0 || !attentionOf
        ? []
        : attentionOf({
            view,
            now,
            lastBeatOf,
            knowledge,
            ...(lastSweepAt === undefined ? {} : { lastSweepAt }),
          }),
    [view, now, knowledge, lastSweepAt, attentionOf],
  )
  return <Context value={entries}>{children}</Context>
}

/** How trouble is found comes after the first tiles are there: those who look want them first. */
function useJudgement() {
  const [judge, setJudge] = useState<(moment: Moment) => AttentionEntry[]>()
  useEffect(() => {
    whenLoaded()
      .then(() => import('@/lib/view/attention'))
      .then(
        ({ attentionOf }) => setJudge(() => attentionOf),
        // The server went in the moment between; the banner says so, and the next page brings it.
        () => {},
      )
  }, [])
  return judge
}

/** Everything that needs somebody, worst first. */
export function useAttention(): readonly AttentionEntry[] {
  return useContext(Context)
}

/** What nobody has taken up yet. */
export function useOpenAttention(): readonly AttentionEntry[] {
  const entries = useAttention()
  return useMemo(() => entries.filter((it) => it.handling.state === 'open'), [entries])
}
