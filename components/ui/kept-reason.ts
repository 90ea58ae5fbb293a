const STORAGE_KEY = 'signalbox.reason'
/** Whoever comes back later has to think anew. */
const KEPT_MS = 600_000

interface Typed {
  readonly about: string
  readonly text: string
}

/** What stands in the window that is open: there is one at a time. */
let typed: Typed | undefined

export function noteTyped(it: Typed | undefined): void {
  typed = it
}

/** Keeps what is typed over the way to the door and back, for this tab. */
export function keepTyped(): void {
  if (typed === undefined) return
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify({ ...typed, at: Date.now() }))
  } catch {
    // Without a store it is typed again.
  }
}

/** Gives back, once, what was kept about this. */
export function takeKept(about: string): string | undefined {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null')
    const good = isKept(kept) && Date.now() - kept.at <= KEPT_MS ? kept : undefined
    if (good === undefined || good.about === about) sessionStorage.removeItem(STORAGE_KEY)
    return good?.about === about ? good.text : undefined
  } catch {
    return undefined
  }
}

// By hand: the frame needs this file, and the first view has no room for a library that checks shapes.
function isKept(it: unknown): it is Typed & { readonly at: number } {
  if (typeof it !== 'object' || it === null) return false
  const { about, text, at } = it as Record<string, unknown>
  return typeof about === 'string' && typeof text === 'string' && typeof at === 'number'
}
