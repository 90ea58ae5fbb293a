import { rooms } from './rooms'
import type { ShortcutAction } from './shortcuts'

export interface KeyBinding {
  action: ShortcutAction
  /** One after the other; alternatives are bindings of their own. */
  keys: readonly string[]
  says: string
  group: 'Move' | 'Act' | 'Go to' | 'Show'
  /** Also while typing: closing must always work. */
  always?: boolean
  /** Another way to press the same, that needs no line of its own. */
  hidden?: boolean
}

/** The one table of keys: the handler, the sheet, the palette and the footer all read it. */
export const keyBindings: readonly KeyBinding[] = [
  { action: 'next', keys: ['j'], says: 'next', group: 'Move' },
  { action: 'previous', keys: ['k'], says: 'previous', group: 'Move' },
  { action: 'open', keys: ['Enter'], says: 'open', group: 'Move' },
  { action: 'search', keys: ['/'], says: 'search', group: 'Move' },
  { action: 'close', keys: ['Escape'], says: 'close', group: 'Move' },
  { action: 'escalate', keys: ['e'], says: 'escalate', group: 'Act' },
  { action: 'send', keys: ['s'], says: 'send a signal', group: 'Act' },
  { action: 'select', keys: ['x'], says: 'select', group: 'Act' },
  { action: 'palette', keys: ['Mod+k'], says: 'palette', group: 'Act', always: true },
  { action: 'times', keys: ['t'], says: 'ages or clock times', group: 'Show' },
  { action: 'theme', keys: ['d'], says: 'dark or light', group: 'Show' },
  { action: 'past', keys: ['p'], says: 'the past', group: 'Show' },
  { action: 'play', keys: [' '], says: 'play the past, or pause', group: 'Show' },
  { action: 'help', keys: ['?'], says: 'keys', group: 'Show' },
  ...rooms.map(
    (room): KeyBinding => ({
      action: `go:${room.id}`,
      keys: ['g', room.letter],
      says: room.name,
      group: 'Go to',
    }),
  ),
]

/** How a key is written for people on this machine. */
export function keyName(key: string, mac: boolean): string {
  if (key === 'Mod+k') return mac ? '⌘ K' : 'Ctrl K'
  if (key === 'Enter') return '↵'
  if (key === 'Escape') return 'esc'
  if (key === ' ') return 'space'
  return key
}
