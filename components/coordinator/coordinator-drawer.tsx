'use client'

import { X } from 'lucide-react'
import { useCallback } from 'react'
import { statusOf } from '@/lib/view/status'
import type { View } from '@/lib/view/view'
import { useIsLoaded, useKnowledge, useView } from '../live/use-live'
import { Chip } from '../ui/chip'
import { EmptyState } from '../ui/empty-state'
import { IconButton } from '../ui/icon-button'
import { Id } from '../ui/id'
import { Lamp } from '../ui/lamp'
import { Skeleton } from '../ui/skeleton'
import { StatusPill } from '../ui/status-pill'
import { CoordinatorDetails } from './coordinator-details'
import { DeathMeter } from './death-meter'
import { DrawerActions } from './drawer-actions'
import { Evidence } from './evidence'
import { WhySentence } from './why-sentence'

interface CoordinatorDrawerProps {
  coordinatorId: string
  onClose: () => void
}

/** Everything about one coordinator, its trouble first. Fills the box that it is given. */
export function CoordinatorDrawer({ coordinatorId, onClose }: CoordinatorDrawerProps) {
  const coordinator = useView(
    useCallback((view: View) => view.coordinators.get(coordinatorId), [coordinatorId]),
  )
  const knowledge = useKnowledge()
  const loaded = useIsLoaded()
  const status = coordinator && statusOf(coordinator, knowledge)
  return (
    <article
      aria-label={`Coordinator ${coordinatorId}`}
      className="flex h-full min-h-0 flex-col bg-panel"
    >
      <header className="flex items-center gap-2.5 px-4 pt-4 pb-3">
        {status && <Lamp status={status} size={16} decorative />}
        <h2 className="min-w-0 text-md font-semibold text-ink">
          <Id id={coordinatorId} />
        </h2>
        {status && <StatusPill status={status} />}
        {coordinator?.label && (
          <Chip tone="ivory" title="Not anybody’s real work">
            {coordinator.label}
          </Chip>
        )}
        <IconButton label="Close" hint="Esc" size="sm" className="ml-auto" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      {coordinator ? (
        <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-4 pb-6">
          <WhySentence coordinator={coordinator} />
          <DeathMeter coordinator={coordinator} />
          <Evidence coordinator={coordinator} />
          <DrawerActions coordinator={coordinator} />
          <CoordinatorDetails coordinator={coordinator} />
        </div>
      ) : loaded ? (
        <EmptyState title="Not on the board">
          Nobody is registered as <Id id={coordinatorId} className="text-ink" />. It may have been
          forgotten, or its record has expired.
        </EmptyState>
      ) : (
        <DrawerSkeleton />
      )}
    </article>
  )
}

function DrawerSkeleton() {
  return (
    <div className="grid gap-4 px-4">
      <Skeleton className="h-16" />
      <Skeleton className="h-8" />
      <Skeleton className="h-24" />
      <Skeleton className="h-40" />
    </div>
  )
}
