import { useSyncExternalStore } from 'react'

/** One of a few, chosen by a person and kept in their browser. */
export interface StoredChoice<T extends string> {
  /** What holds for who has not chosen. */
  readonly first: T
  get(): T
  set(next: T): void
  /** Calls back when something else is chosen, here or in another tab. Answers how to stop. */
  subscribe(listener: () => void): () => void
}

/** @param choices the first of them holds for who has not chosen */
export function storedChoice<T extends string>(
  key: string,
  choices: readonly [T, ...T[]],
): StoredChoice<T> {
  const [first] = choices
  const listeners = new Set<() => void>()
  let now: T | undefined
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  const onStorage = (event: StorageEvent) => {
    // No key: all that was kept is gone.
    if (event.key !== key && event.key !== null) return
    now = undefined
    tell()
  }
  return {
    first,
    get() {
      now ??= choices.find((it) => it === kept(key)) ?? first
      return now
    },
    set(next) {
      now = next
      try {
        localStorage.setItem(key, next)
      } catch {
        // As below.
      }
      tell()
    },
    subscribe(listener) {
      if (listeners.size === 0) addEventListener('storage', onStorage)
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) removeEventListener('storage', onStorage)
      }
    },
  }
}

function kept(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
    return null
  }
}

/** What is chosen; on the server, which knows nobody's browser, what holds at first. */
export function useStoredChoice<T extends string>({ subscribe, get, first }: StoredChoice<T>): T {
  return useSyncExternalStore(subscribe, get, () => first)
}
