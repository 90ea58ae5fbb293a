import type { CDPSession, Page } from '@playwright/test'

/** What a page did in a stretch of time. */
export interface PageWork {
  readonly seconds: number
  /** Frames that the page was asked to draw. */
  readonly framesPerSecond: number
  /** Those in which a part of the board in sight had no line of tiles yet. */
  readonly framesWithGaps: number
  /** Tasks of 50 ms and more, as the browser itself reports them, ms. */
  readonly longTasks: readonly number[]
  /** Interactions by name: from the input to the next paint, ms in steps of 8. */
  readonly inputs: readonly { readonly name: string; readonly ms: number }[]
  /** Share of the time that the page's main thread worked, and what with. */
  readonly busy: number
  readonly script: number
  readonly layout: number
  readonly style: number
}

interface Noted {
  frames: number
  gaps: number
  tasks: number[]
  inputs: { name: string; ms: number }[]
  running: boolean
  start(): void
}

declare global {
  interface Window {
    boardProbe?: Noted
  }
}

// As text: what translates these sources for Node adds helpers that a page does not have.
const PROBE = `
const hasGap = () => {
  const board = document.querySelector('[role=grid]')
  const { firstElementChild: first, lastElementChild: last } = board ?? {}
  if (!first || !last) return false
  const { scrollTop, clientHeight } = board.parentElement
  const startOf = (line) => parseFloat(line.style.top)
  const end = startOf(last) + parseFloat(last.style.height)
  const bottom = Math.min(scrollTop + clientHeight, parseFloat(board.style.height))
  // A gap between two groups is not one.
  return startOf(first) > scrollTop || end < bottom - 20
}
const noted = {
  frames: 0, gaps: 0, tasks: [], inputs: [], running: false,
  start() {
    Object.assign(noted, { frames: 0, gaps: 0, tasks: [], inputs: [], running: true })
    requestAnimationFrame(noted.count)
  },
  count() {
    noted.frames += 1
    if (hasGap()) noted.gaps += 1
    if (noted.running) requestAnimationFrame(noted.count)
  },
}
window.boardProbe = noted
new PerformanceObserver((list) => {
  for (const it of list.getEntries()) noted.tasks.push(it.duration)
}).observe({ type: 'longtask' })
new PerformanceObserver((list) => {
  for (const it of list.getEntries()) noted.inputs.push({ name: it.name, ms: it.duration })
}).observe({ type: 'event', durationThreshold: 16 })
`

export type Probe = Awaited<ReturnType<typeof createProbe>>

/** Watches a page from its start on; `stop` tells what it did since the last `start`. */
export async function createProbe(page: Page, cdp: CDPSession) {
  await page.addInitScript({ content: PROBE })
  await cdp.send('Performance.enable')
  const metrics = async () => {
    const { metrics: list } = await cdp.send('Performance.getMetrics')
    return new Map(list.map(({ name, value }) => [name, value]))
  }
  return {
    async start() {
      await page.evaluate(() => window.boardProbe?.start())
      const first = await metrics()
      const began = performance.now()
      return async (): Promise<PageWork> => {
        const seconds = (performance.now() - began) / 1000
        const last = await metrics()
        const noted = await page.evaluate(() => {
          const it = window.boardProbe
          if (it) it.running = false
          return it && { frames: it.frames, gaps: it.gaps, tasks: it.tasks, inputs: it.inputs }
        })
        const share = (name: string) => ((last.get(name) ?? 0) - (first.get(name) ?? 0)) / seconds
        return {
          seconds,
          framesPerSecond: (noted?.frames ?? 0) / seconds,
          framesWithGaps: noted?.gaps ?? 0,
          longTasks: [...(noted?.tasks ?? [])],
          inputs: [...(noted?.inputs ?? [])],
          busy: share('TaskDuration'),
          script: share('ScriptDuration'),
          layout: share('LayoutDuration'),
          style: share('RecalcStyleDuration'),
        }
      }
    },
  }
}

/** Scrolls as a finger or a wheel does, through the browser's own input, up and down again. */
export async function scrollFor(page: Page, cdp: CDPSession, seconds: number, speed: number) {
  const size = page.viewportSize() ?? { width: 1280, height: 800 }
  const [x, y] = [Math.round(size.width * 0.6), Math.round(size.height * 0.6)]
  const distance = speed * Math.min(2, seconds / 2)
  for (let left = seconds, down = true; left > 0.1; left -= distance / speed, down = !down)
    await cdp.send('Input.synthesizeScrollGesture', {
      x,
      y,
      yDistance: down ? -distance : distance * 0.8,
      speed,
      preventFling: true,
      gestureSourceType: 'mouse',
    })
}
