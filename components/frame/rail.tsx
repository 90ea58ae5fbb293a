'use client'

import { usePathname } from 'next/navigation'
import { useMemo } from 'react'
import { useSession } from '../live/session-context'
import { isBoard } from '../ui/coordinator-href'
import { cx } from '../ui/cx'
import { onDemand, type ReachProps } from '../ui/on-demand'
import { useOpenAttention } from './attention-context'
import { Mark } from './mark'
import { RoomLink } from './room-link'
import { type Room, type RoomId, rooms } from './rooms'
import { UserButton } from './user-button'

const UserMenu = onDemand(SignedInAs, () => import('./user-menu').then((it) => it.default))

function SignedInAs(reach: ReachProps) {
  const { user, role } = useSession()
  return <UserButton user={user} role={role} {...reach} />
}

function isIn(room: Room, pathname: string): boolean {
  if (room.id === 'board') return isBoard(pathname)
  return pathname === room.href || pathname.startsWith(`${room.href}/`)
}

/** The rooms, and how much in each needs somebody. At the foot of the screen where it is narrow. */
export function Rail() {
  const pathname = usePathname()
  const open = useOpenAttention()
  const counts = useMemo((): Partial<Record<RoomId, number>> => {
    const found: Partial<Record<RoomId, number>> = { attention: open.length }
    for (const { room } of open) if (room !== undefined) found[room] = (found[room] ?? 0) + 1
    return found
  }, [open])
  const [settings, others] = [rooms.at(-1), rooms.slice(0, -1)]
  const item = (room: Room) => (
    <RailItem
      key={room.id}
      room={room}
      current={isIn(room, pathname)}
      count={counts[room.id] ?? 0}
    />
  )
  return (
    <nav
      aria-label="Rooms"
      className="z-20 flex flex-none items-center gap-1 overflow-x-auto border-line max-md:justify-between max-md:gap-0 bg-panel max-md:order-last max-md:border-t max-md:px-2 max-md:py-1 md:w-13 md:flex-col md:overflow-visible md:border-r md:py-2.5 xl:w-38 xl:items-stretch xl:px-2.5"
    >
      <RoomLink
        href="/"
        aria-label="Signalbox, the board"
        className="mb-1.5 flex flex-none items-center gap-2 rounded-lg p-1 max-md:hidden xl:px-1.5"
      >
        <Mark className="size-7" />
        <span className="text-md font-semibold tracking-tight max-xl:hidden">Signalbox</span>
      </RoomLink>
      {others.map(item)}
      <span className="flex-1 max-md:hidden" />
      {settings && item(settings)}
      <UserMenu />
    </nav>
  )
}

interface RailItemProps {
  room: Room
  current: boolean
  count: number
}

function RailItem({ room, current, count }: RailItemProps) {
  const Icon = room.icon
  const alarm = count > 0
  return (
    <RoomLink
      href={room.href}
      aria-current={current ? 'page' : undefined}
      title={room.name}
      className={cx(
        'relative flex h-9 flex-none items-center rounded-lg text-base transition-colors max-xl:w-9 max-xl:justify-center max-md:min-w-8 max-md:shrink xl:gap-2.5 xl:px-2.5',
        current
          ? 'bg-soft text-ink before:absolute before:rounded-full before:bg-ivory max-md:before:inset-x-2.5 max-md:before:-top-1 max-md:before:h-0.5 md:before:inset-y-2.5 md:before:-left-2 md:before:w-0.5 xl:before:-left-2.5'
          : 'text-mute hover:bg-raise hover:text-ink',
      )}
    >
      <Icon aria-hidden className="size-[1.0625rem] flex-none" strokeWidth={1.7} />
      <span className="whitespace-nowrap max-xl:sr-only">{room.name}</span>
      {alarm && (
        <span
          data-tone="dead"
          className="flex h-4 min-w-4 flex-none items-center justify-center rounded-full bg-tone px-1 text-2xs font-bold text-on-dead max-xl:absolute max-xl:-top-0.5 max-xl:-right-0.5 xl:ml-auto"
        >
          {count > 99 ? '99+' : count}
          <span className="sr-only"> {count === 1 ? 'needs' : 'need'} attention</span>
        </span>
      )}
    </RoomLink>
  )
}
