'use client'

import Link from 'next/link'
import type { ComponentProps } from 'react'
import { useIsLoaded, useLink } from '../live/use-live'
import { notify } from '../ui/notify'

/**
 * Goes to another room. While the server is out of reach the page stays as it is, since a room
 * that cannot be fetched would cost the board that one still has.
 */
export function RoomLink(props: ComponentProps<typeof Link>) {
  const link = useLink()
  // Other rooms are fetched ahead, but behind what one came for.
  const loaded = useIsLoaded()
  const cut = link.state === 'stale' && link.reason === 'socket'
  return (
    <Link
      {...props}
      prefetch={loaded ? (props.prefetch ?? true) : false}
      onNavigate={(event) => {
        if (!cut) return
        event.preventDefault()
        notify('warning', 'The server cannot be reached', {
          description: 'This room opens again as soon as it can.',
        })
      }}
    />
  )
}
