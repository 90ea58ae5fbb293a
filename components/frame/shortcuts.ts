import { useEffect, useRef } from 'react'

/** Everything a key can ask for. Rooms say what it means for them with `useShortcut`. */
export type ShortcutAction =
  | 'next'
  | 'previous'
  | 'open'
  | 'select'
  | 'search'
  | 'escalate'
  | 'send'
  | 'times'
  | 'theme'
  | 'help'
  | 'palette'
  | 'close'
  | 'past'
  | 'play'
  | `go:${string}`

type Handler = () => boolean

// The latest registered comes first: a drawer before the room that it stands beside.
const handlers = new Map<ShortcutAction, Handler[]>()

/** Carries an action out by whoever is nearest to the person; false when nobody could. */
export function runShortcut(action: ShortcutAction): boolean {
  for (const handler of [...(handlers.get(action) ?? [])].reverse()) if (handler()) return true
  return false
}

/** Answers a key as long as the component is there. A handler that answers `false` leaves it to older ones. */
export function useShortcut(action: ShortcutAction, handler: () => unknown): void {
  const latest = useRef(handler)
  useEffect(() => {
    latest.current = handler
  })
  useEffect(() => {
    const run: Handler = () => latest.current() !== false
    handlers.set(action, [...(handlers.get(action) ?? []), run])
    return () => {
      handlers.set(
        action,
        (handlers.get(action) ?? []).filter((it) => it !== run),
      )
    }
  }, [action])
}
