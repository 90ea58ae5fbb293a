'use client'

import { Command } from 'cmdk'
import { Clock, History, Keyboard, Moon, Search, Send } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useMemo, useState } from 'react'
import { statusOf } from '@/lib/view/status'
import type { View } from '@/lib/view/view'
import { useKnowledge, useView } from '../live/use-live'
import { useIsPast } from '../live/use-past'
import { openCoordinator } from '../ui/coordinator-href'
import { Kbd } from '../ui/kbd'
import { Lamp } from '../ui/lamp'
import { rooms } from './rooms'
import { runShortcut, type ShortcutAction } from './shortcuts'

const MOST = 40
const byName = new Intl.Collator('en', { numeric: true })
const whole = (view: View) => view

interface PaletteProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

const ACTIONS: readonly { action: ShortcutAction; says: string; keys: string; icon: ReactNode }[] =
  [
    { action: 'search', says: 'Filter the board', keys: '/', icon: <Search /> },
    { action: 'send', says: 'Send a signal', keys: 's', icon: <Send /> },
    { action: 'past', says: 'Look at the past, or back to live', keys: 'p', icon: <History /> },
    { action: 'times', says: 'Show times as ages, UTC or local', keys: 't', icon: <Clock /> },
    { action: 'theme', says: 'Dark or light', keys: 'd', icon: <Moon /> },
    { action: 'help', says: 'All keys', keys: '?', icon: <Keyboard /> },
  ]

/** Goes anywhere and does anything by name. */
export default function Palette({ open, onOpenChange }: PaletteProps) {
  const router = useRouter()
  const [text, setText] = useState('')
  const view = useView(whole)
  const knowledge = useKnowledge()
  const words = text.trim().toLowerCase()
  const fits = (name: string) => name.toLowerCase().includes(words)
  const fittingRooms = rooms.filter((it) => fits(it.name))
  const isPast = useIsPast()
  const fittingActions = ACTIONS.filter((it) => fits(it.says) && !(isPast && it.action === 'send'))
  const coordinators = useMemo(() => {
    if (words === '') return []
    return [...view.coordinators.values()]
      .filter((it) => it.id.toLowerCase().includes(words))
      .sort((a, b) => byName.compare(a.id, b.id))
      .slice(0, MOST)
  }, [view.coordinators, words])
  const run = (act: () => void) => {
    onOpenChange(false)
    setText('')
    // The window gives the focus back first; what opens next may then take it.
    setTimeout(act, 0)
  }
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-shade" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[12dvh] z-40 mx-auto max-w-xl animate-appear overflow-hidden rounded-2xl border border-line bg-panel shadow-float"
        >
          <Radix.Title className="sr-only">Palette</Radix.Title>
          <Command shouldFilter={false} loop label="Palette">
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search aria-hidden className="size-4 text-faint" />
              <Command.Input
                autoFocus
                value={text}
                onValueChange={setText}
                placeholder="A room, a coordinator, an action"
                className="h-12 flex-1 bg-transparent text-md outline-none"
              />
              <Kbd hint>esc</Kbd>
            </div>
            <Command.List className="max-h-[56dvh] overflow-y-auto p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint">
              <Command.Empty className="px-3 py-8 text-center text-mute">
                Nothing is called that.
              </Command.Empty>
              {coordinators.length > 0 && (
                <Command.Group heading="Coordinators">
                  {coordinators.map((it) => (
                    <Item
                      key={it.id}
                      value={`coordinator ${it.id}`}
                      icon={<Lamp status={statusOf(it, knowledge)} />}
                      aside={<span className="block truncate">{it.swarmId}</span>}
                      onSelect={() => run(() => openCoordinator(it.id))}
                    >
                      <span className="mono text-sm">{it.id}</span>
                    </Item>
                  ))}
                </Command.Group>
              )}
              {fittingRooms.length > 0 && (
                <Command.Group heading="Rooms">
                  {fittingRooms.map((room) => (
                    <Item
                      key={room.id}
                      value={`room ${room.id}`}
                      icon={<room.icon aria-hidden />}
                      aside={<Kbd hint>g {room.letter}</Kbd>}
                      onSelect={() => run(() => router.push(room.href))}
                    >
                      {room.name}
                    </Item>
                  ))}
                </Command.Group>
              )}
              {fittingActions.length > 0 && (
                <Command.Group heading="Actions">
                  {fittingActions.map((it) => (
                    <Item
                      key={it.action}
                      value={`action ${it.action}`}
                      icon={it.icon}
                      aside={<Kbd hint>{it.keys}</Kbd>}
                      onSelect={() => run(() => runShortcut(it.action))}
                    >
                      {it.says}
                    </Item>
                  ))}
                </Command.Group>
              )}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface ItemProps {
  value: string
  icon: ReactNode
  aside?: ReactNode
  onSelect: () => void
  children: ReactNode
}

function Item({ value, icon, aside, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex cursor-pointer items-center gap-3 rounded-lg px-2.5 py-2 text-mute data-[selected=true]:bg-soft data-[selected=true]:text-ink [&_svg]:size-4 [&_svg]:flex-none"
    >
      {icon}
      <span className="min-w-0 flex-auto truncate">{children}</span>
      {/* Where both are long, the name keeps the room: it is what one looks for. */}
      {aside && <span className="min-w-16 shrink-[9] text-right text-sm text-faint">{aside}</span>}
    </Command.Item>
  )
}
