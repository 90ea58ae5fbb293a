import { useCallback, useState } from 'react'
import * as z from 'zod'

const viewSchema = z.object({ name: z.string().min(1).max(40), search: z.string().max(2_000) })
/** A board's address under a name. */
export type StoredView = z.infer<typeof viewSchema>

const STORAGE_KEY = 'signalbox.views'
const MOST = 50

function read(): StoredView[] {
  try {
    const parsed = z
      .array(viewSchema)
      .safeParse(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]'))
    return parsed.success ? parsed.data : []
  } catch {
    return []
  }
}

function write(views: readonly StoredView[]): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(views))
  } catch {
    // Storage can be full or forbidden; the views then last as long as the page.
  }
}

/** The views kept in this browser, and how to save and remove one. The same name replaces. */
export function useStoredViews(): [
  readonly StoredView[],
  (view: StoredView) => void,
  (name: string) => void,
] {
  const [views, setViews] = useState<readonly StoredView[]>(() =>
    typeof localStorage === 'undefined' ? [] : read(),
  )
  const put = useCallback((next: readonly StoredView[]) => {
    write(next)
    setViews(next)
  }, [])
  const save = useCallback(
    (view: StoredView) =>
      put([view, ...read().filter((it) => it.name !== view.name)].slice(0, MOST)),
    [put],
  )
  const remove = useCallback((name: string) => put(read().filter((it) => it.name !== name)), [put])
  return [views, save, remove]
}
