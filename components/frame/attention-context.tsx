'use client'

import { createContext, type ReactNode, useContext, useMemo, useRef } from 'react'
import { attentionOf, openEntries } from '@/lib/view/attention'
import type { AttentionEntry } from '@/lib/view/attention-entry'
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
  const entries = useMemo(
    () =>
      board.now === 0
        ? []
        : attentionOf({
            ...board,
            lastBeatOf,
            knowledge,
            ...(lastSweepAt === undefined ? {} : { lastSweepAt }),
          }),
    [board, knowledge, lastSweepAt],
  )
  return <Context value={entries}>{children}</Context>
}

/** Everything that needs somebody, worst first. */
export function useAttention(): readonly AttentionEntry[] {
  return useContext(Context)
}

/** What nobody has taken up yet. */
export function useOpenAttention(): readonly AttentionEntry[] {
  const entries = useAttention()
  return useMemo(() => openEntries(entries), [entries])
}
