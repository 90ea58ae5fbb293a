import type { LucideIcon } from 'lucide-react'
import {
  BarChart3,
  Bell,
  LayoutGrid,
  ScrollText,
  Send,
  Settings,
  Waypoints,
  Zap,
} from 'lucide-react'

export type RoomId =
  | 'board'
  | 'attention'
  | 'signals'
  | 'consensus'
  | 'breakers'
  | 'waits'
  | 'log'
  | 'settings'

export interface Room {
  id: RoomId
  name: string
  href: string
  icon: LucideIcon
  /** Pressed after `g`. */
  letter: string
}

/** Every room of the control room, in the order of the rail. */
export const rooms: readonly Room[] = [
  { id: 'board', name: 'Board', href: '/', icon: LayoutGrid, letter: 'b' },
  { id: 'attention', name: 'Attention', href: '/attention', icon: Bell, letter: 'a' },
  { id: 'signals', name: 'Signals', href: '/signals', icon: Send, letter: 's' },
  { id: 'consensus', name: 'Consensus', href: '/consensus', icon: BarChart3, letter: 'c' },
  { id: 'breakers', name: 'Breakers', href: '/breakers', icon: Zap, letter: 'k' },
  { id: 'waits', name: 'Waits', href: '/waits', icon: Waypoints, letter: 'w' },
  { id: 'log', name: 'Log', href: '/events', icon: ScrollText, letter: 'l' },
  { id: 'settings', name: 'Settings', href: '/settings', icon: Settings, letter: 'o' },
]
