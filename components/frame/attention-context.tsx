'use client'

import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { AttentionEntry } from '@/lib/view/attention-entry'
import type { Moment } from '@/lib/view/moment'
import type { View } from '@/lib/view/view'
import { lastBeatOf, useKnowledge, useServerNow, useStatusFrame, useView } from '../live/use-live'

const Context = createContext<readonly AttentionEntry[]>([])
const whole = (view: View) => view

/** Boards up to this size are judged with every change, larger ones once a second. */
const SMALL = 500

/** Works the list of trouble out once for everybody who shows a part of it. */
export function AttentionProvider({ children }: { children: ReactNode }) {
  const view = useView(whole)
  const now = useServerNow()
  const knowledge = useKnowledge()
  const lastSweepAt = useStatusFrame()?.lastSweepAt
  const judged = useRef({ view, now })
  if (judged.current.now !== now || view.coordinators.size <= SMALL) judged.current = { view, now }
  const board = judged.current
  const attentionOf = useJudgement()
  const entries = useMemo(
    () =>
      board.now === 0 || !attentionOf
        ? []
        : attentionOf({
            ...board,
            lastBeatOf,
            knowledge,
            ...(lastSweepAt === undefined ? {} : { lastSweepAt }),
          }),
    [board, knowledge, lastSweepAt, attentionOf],
  )
  return <Context value={entries}>{children}</Context>
}

/** How trouble is found comes after the first tiles are there: those who look want them first. */
function useJudgement() {
  const [judge, setJudge] = useState<(moment: Moment) => AttentionEntry[]>()
  useEffect(() => {
    void import('@/lib/view/attention').then(({ attentionOf }) => setJudge(() => attentionOf))
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
