import type { CDPSession, Page } from '@playwright/test'
import { quantile } from '../harness/statistics'
import type { BoardWorld } from './board-world'
import { atMost, type BoardFigure } from './figures'

const LOOK_S = 10
/** In a world that has just begun a page's memory still fills: 24 beats of each, one in five seconds. */
const FILLED_AFTER = 150 / LOOK_S

interface Look {
  readonly heap: number
  readonly nodes: number
  readonly listeners: number
}

/** The heap after garbage was collected, while somebody looks up and down the board. */
export async function watchHeap(
  world: BoardWorld,
  page: Page,
  cdp: CDPSession,
  minutes: number,
): Promise<BoardFigure[]> {
  await cdp.send('HeapProfiler.enable')
  const looks: Look[] = []
  const ends = performance.now() + minutes * 60_000
  while (performance.now() < ends) {
    const rest = Math.ceil((ends - performance.now()) / 1000)
    world.say(`browser heap, ${rest} s`)
    await page.mouse.move(800, 500)
    await page.mouse.wheel(0, looks.length % 6 < 3 ? 2400 : -2400)
    await world.pause(LOOK_S * 1000)
    looks.push(await look(cdp))
  }
  if (looks.length < 4) return []
  const growth = (pick: (it: Look) => number) => {
    // A minute or two tell less; they are looked at as they are.
    const filled = looks.length > 2 * FILLED_AFTER ? looks.slice(FILLED_AFTER) : looks
    const half = Math.floor(filled.length / 2)
    const first = quantile(filled.slice(0, half).map(pick), 0.5)
    const second = quantile(filled.slice(half).map(pick), 0.5)
    return second / first
  }
  const last = looks.at(-1)
  return [
    { name: `heap after ${minutes} min`, value: last && last.heap / 1024 ** 2, unit: 'MB' },
    {
      name: 'heap, second half ÷ first',
      value: growth((it) => it.heap),
      unit: '×',
      goal: atMost(1.05, '×'),
    },
    { name: 'elements', value: last?.nodes, unit: '' },
    { name: 'elements, second half ÷ first', value: growth((it) => it.nodes), unit: '×' },
    {
      name: 'listeners, second half ÷ first',
      value: growth((it) => it.listeners),
      unit: '×',
      goal: atMost(1.1, '×'),
    },
  ]
}

async function look(cdp: CDPSession): Promise<Look> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((it) => it.name === name)?.value ?? Number.NaN
  return {
    heap: value('JSHeapUsedSize'),
    nodes: value('Nodes'),
    listeners: value('JSEventListeners'),
  }
}
