import {
  type FocusEvent,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'

interface RovingRows {
  /** The row that has the focus, or had it last; -1 for none. It has to stay rendered. */
  activeIndex: number
  handlers: {
    onKeyDown: (event: KeyboardEvent) => void
    onFocus: (event: FocusEvent) => void
  }
}

interface RovingRowsOptions {
  /** Holds the rows, each an element with its key as `data-row`. */
  box: RefObject<HTMLElement | null>
  /** Every row, also those that do not exist for being out of sight. */
  count: number
  keyAt: (index: number) => string
  /** The first row in sight, and how many there is room for. */
  first: number
  page: number
  scrollTo: (index: number) => void
  /** They stand side by side: left and right go from one to the next as well. */
  across?: boolean
}

const CONTROLS = 'a[href],button'

/**
 * A list of any length is one stop of the tab key: the links and buttons of one row can be tabbed to,
 * and the arrow keys go from row to row, staying in the column. To tab through a thousand rows to what
 * stands behind them would be no way for anybody.
 */
export function useRovingRows(options: RovingRowsOptions): RovingRows {
  const { box, count, keyAt, first, page, scrollTo, across = false } = options
  const [active, setActive] = useState<string>()
  const wanted = useRef<{ key: string; column: number }>(undefined)
  const activeIndex = active === undefined ? -1 : indexOf(active, count, keyAt)
  const stop = activeIndex < 0 ? keyOf(first, count, keyAt) : active

  // After each render: rows come and go with every step of the wheel.
  useLayoutEffect(() => {
    const to = wanted.current
    for (const row of box.current?.querySelectorAll<HTMLElement>('[data-row]') ?? []) {
      const key = row.dataset.row
      const controls = row.querySelectorAll<HTMLElement>(CONTROLS)
      for (const control of controls) control.tabIndex = key === stop ? 0 : -1
      if (to === undefined || to.key !== key) continue
      wanted.current = undefined
      controls[Math.min(to.column, controls.length - 1)]?.focus({ preventScroll: true })
    }
  })

  return {
    activeIndex,
    handlers: {
      onFocus: ({ target }) => {
        const key = rowOf(target)?.dataset.row
        if (key !== undefined) setActive(key)
      },
      onKeyDown: (event) => {
        const row = rowOf(event.target)
        if (!row || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
        const at = indexOf(row.dataset.row ?? '', count, keyAt)
        const to = {
          ArrowUp: at - 1,
          ArrowDown: at + 1,
          PageUp: at - page,
          PageDown: at + page,
          Home: 0,
          End: count - 1,
          ...(across && { ArrowLeft: at - 1, ArrowRight: at + 1 }),
        }[event.key]
        if (to === undefined || at < 0) return
        event.preventDefault()
        const index = Math.max(0, Math.min(count - 1, to))
        const controls = Array.from<EventTarget>(row.querySelectorAll(CONTROLS))
        const column = controls.indexOf(event.target)
        wanted.current = { key: keyAt(index), column: Math.max(0, column) }
        setActive(keyAt(index))
        scrollTo(index)
      },
    },
  }
}

/** The rows to render, and among them, in its place, this one. */
export function withRow(index: number, shown: readonly number[]): number[] {
  return index < 0 || shown.includes(index)
    ? [...shown]
    : [...shown, index].sort((one, other) => one - other)
}

function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
}

function indexOf(key: string, count: number, keyAt: (index: number) => string): number {
  for (let index = 0; index < count; index++) if (keyAt(index) === key) return index
  return -1
}

function keyOf(index: number, count: number, keyAt: (index: number) => string): string | undefined {
  return count === 0 ? undefined : keyAt(Math.max(0, Math.min(count - 1, index)))
}
