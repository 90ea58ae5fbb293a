import { z } from 'zod'

const STORAGE_KEY = 'signalbox:reason'
/** Whoever comes back later has to think anew. */
const KEPT_MS = 600_000

const keptSchema = z.object({ about: z.string(), text: z.string(), at: z.number() })

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
    const kept = keptSchema.safeParse(
      JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? 'null'),
    ).data
    const old = kept === undefined || Date.now() - kept.at > KEPT_MS
    if (old || kept.about === about) sessionStorage.removeItem(STORAGE_KEY)
    return old || kept.about !== about ? undefined : kept.text
  } catch {
    return undefined
  }
}
