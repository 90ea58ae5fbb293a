'use client'

import { usePathname, useSearchParams } from 'next/navigation'
import type { ComponentProps } from 'react'
import { coordinatorHref, openCoordinator } from './coordinator-href'

interface CoordinatorLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'id'> {
  coordinatorId: string
}

/**
 * Opens a coordinator's drawer beside the room that one is in. A real link, so that it can be
 * copied and opened in another tab; a plain press asks no server for anything.
 */
export function CoordinatorLink({ coordinatorId, onClick, ...rest }: CoordinatorLinkProps) {
  const pathname = usePathname()
  const search = useSearchParams()
  return (
    <a
      {...rest}
      href={coordinatorHref(coordinatorId, pathname, search.toString())}
      onClick={(event) => {
        onClick?.(event)
        const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
        if (event.defaultPrevented || elsewhere || event.button !== 0) return
        event.preventDefault()
        openCoordinator(coordinatorId)
      }}
    />
  )
}
