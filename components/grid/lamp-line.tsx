'use client'

import { memo, useCallback } from 'react'
import type { Knowledge } from '@/lib/view/knowledge'
import { statusOf } from '@/lib/view/status'
import type { View } from '@/lib/view/view'
import { useView } from '../live/use-live'
import { statusLooks } from '../ui/status-look'

interface LampLineProps {
  ids: readonly string[]
  knowledge: Knowledge
  selection: ReadonlySet<string>
  openId: string | undefined
  tabStop: string | undefined
}

/**
 * A line of nothing but lamps. One element each, shaped by the style sheet: ten thousand of them
 * must scroll without a stutter.
 */
export const LampLine = memo(function LampLine({
  ids,
  knowledge,
  selection,
  openId,
  tabStop,
}: LampLineProps) {
  const statuses = useView(
    useCallback(
      (view: View) => {
        return ids
          .map((id) => {
            const coordinator = view.coordinators.get(id)
            return coordinator ? statusOf(coordinator, knowledge) : 'stopped'
          })
          .join(' ')
      },
      [ids, knowledge],
    ),
  ).split(' ') as (keyof typeof statusLooks)[]
  return ids.map((id, index) => {
    const status = statuses[index] ?? 'stopped'
    const look = statusLooks[status]
    const said = `${id}, ${look.word}`
    return (
      // biome-ignore lint/a11y/useSemanticElements: cells of a grid whose lines are placed by hand
      <div
        key={id}
        role="gridcell"
        aria-selected={selection.has(id)}
        aria-label={said}
        title={said}
        data-tile={id}
        data-tone={look.tone}
        data-status={status}
        data-open={id === openId || undefined}
        tabIndex={id === tabStop ? 0 : -1}
        className="lamp-cell"
      />
    )
  })
})
