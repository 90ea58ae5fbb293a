'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import { useCallback, useEffect, useRef } from 'react'
import { closeCoordinator, coordinatorInUrl } from '../ui/coordinator-href'
import { lazyPart } from '../ui/lazy-part'
import { Skeleton } from '../ui/skeleton'
import { useMedia } from '../ui/use-media'
import { usePaneFocus } from '../ui/use-pane-focus'
import { useShortcut } from './shortcuts'

const CoordinatorPanel = lazyPart(() => import('./coordinator-panel').then((it) => it.default), {
  loading: () => <DrawerSkeleton />,
})

/** The drawer beside the room, whenever the address names a coordinator. */
export function DrawerSlot() {
  const pathname = usePathname()
  const search = useSearchParams()
  const id = coordinatorInUrl(pathname, search)
  return id === undefined ? null : <Drawer id={id} />
}

function Drawer({ id }: { id: string }) {
  const aside = useRef<HTMLElement>(null)
  const close = useCallback(() => closeCoordinator(), [])
  useShortcut('close', close)
  // On a narrow screen the drawer covers the room: the keyboard belongs to it then.
  useEffect(() => {
    if (matchMedia('(max-width: 63.99rem)').matches) aside.current?.focus()
  }, [])
  // Where it is narrower than this, nothing of the room is left beside it.
  usePaneFocus(aside, useMedia('(max-width: 27.5rem)'))
  return (
    <aside
      ref={aside}
      tabIndex={-1}
      aria-label={`Coordinator ${id}`}
      className="flex w-100 flex-none flex-col overflow-y-auto border-l border-line bg-panel outline-none motion-safe:animate-sheet max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-30 max-lg:w-[min(100%,440px)] max-lg:shadow-float 3xl:w-120"
    >
      <CoordinatorPanel key={id} coordinatorId={id} onClose={close} />
    </aside>
  )
}

function DrawerSkeleton() {
  return (
    <div className="grid gap-4 p-4">
      <Skeleton className="h-5 w-48" />
      <Skeleton className="h-16" />
      <Skeleton className="h-2" />
      <Skeleton className="h-40" />
    </div>
  )
}
