import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test'
import { findChromium } from '@/server/build/find-chromium.mjs'
import { prefer } from '../harness/prefer'
import { quantile } from '../harness/statistics'
import type { BoardWorld } from './board-world'
import { atLeast, atMost, type BoardFigure, type BoardSection, below } from './figures'
import { framesShown } from './frames-shown'
import { longestTaskOf } from './longest-task'
import { createProbe, type PageWork, type Probe, scrollFor } from './page-probe'
import { signIn } from './production-server'
import { watchHeap } from './watch-heap'

export interface BrowserOptions {
  readonly minutes: number
  readonly scrollSeconds: number
  readonly quick: boolean
  readonly profileFolder: string | undefined
}

const DENSITIES = ['card', 'compact', 'lamp'] as const
/** px a second: a page and a half, about as fast as one can still see anything. */
const SCROLL_SPEED = 1200
const LONG_TASK_MS = 50
const FILTER = 'swarm:load-07'
const viewport = { width: 1280, height: 800 }

/** One Chromium beside the load, apart from the many sockets. */
export async function measureBrowser(
  world: BoardWorld,
  options: BrowserOptions,
): Promise<BoardSection> {
  const executablePath = await findChromium()
  // As the server and the load are, or these would take the processor away from what is measured here; what
  // is started from here inherits it.
  prefer(process.pid)
  const [cookie = ''] = await signIn(world.redis, ['onlooker'])
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...['--disable-quic', '--disable-background-networking', '--disable-component-update'],
      ...['--disable-sync', '--no-first-run', '--js-flags=--expose-gc'],
    ],
  })
  try {
    const figures: BoardFigure[] = [
      ...(await measureOpening(browser, world, cookie, options.quick ? 3 : 5)),
    ]
    const page = await newPage(browser, world, cookie)
    const cdp = await page.context().newCDPSession(page)
    const probe = await createProbe(page, cdp)
    for (const density of DENSITIES) {
      world.say(`browser, scrolling ${density}`)
      await openBoard(page, world, `/?density=${density}`)
      await world.pause(2000)
      const profile = await startProfile(cdp, options.profileFolder, `scroll-${density}`)
      const work = await scrollWatched(page, cdp, probe, options.scrollSeconds)
      await profile()
      figures.push(...scrollFigures(density, work), {
        name: `scrolling ${density}, longest task, processor`,
        value: await longestTaskOf(cdp, () =>
          scrollFor(page, cdp, options.scrollSeconds / 2, SCROLL_SPEED),
        ),
        unit: 'ms',
        goal: atMost(LONG_TASK_MS, 'ms'),
      })
    }
    figures.push(...(await measurePlainPage(browser, options.scrollSeconds / 2)))
    world.say('browser, filtering')
    await openBoard(page, world, '/')
    await world.pause(1500)
    figures.push(...(await measureFilter(page, cdp, probe, options)))
    await openBoard(page, world, '/')
    figures.push(...(await watchHeap(world, page, cdp, options.minutes)))
    return {
      name: 'browser',
      title: 'One Chromium',
      note: `${world.about}; ${browser.version()}, headless, ${viewport.width} × ${viewport.height}, drawn in software where there is no graphics card; the other sockets are gone.`,
      figures,
    }
  } finally {
    await browser.close()
  }
}

async function newPage(browser: Browser, world: BoardWorld, cookie: string): Promise<Page> {
  const context = await browser.newContext({ viewport })
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url: world.server.url }])
  return context.newPage()
}

async function openBoard(page: Page, world: BoardWorld, address: string): Promise<void> {
  await page.goto(world.server.url + address)
  await page.locator('[data-tile]').first().waitFor()
}

/** Each time with an empty cache. */
async function measureOpening(
  browser: Browser,
  world: BoardWorld,
  cookie: string,
  times: number,
): Promise<BoardFigure[]> {
  const paints: number[] = []
  const tiles: number[] = []
  for (let at = 0; at < times; at++) {
    world.say(`browser, opening ${at + 1}`)
    const page = await newPage(browser, world, cookie)
    await openBoard(page, world, '/')
    const [paint, tile] = await page.evaluate(() => [
      performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      performance.now(),
    ])
    paints.push(paint ?? Number.NaN)
    tiles.push(tile ?? Number.NaN)
    await page.context().close()
  }
  return [
    { name: 'first content', value: quantile(paints, 0.5), unit: 'ms', goal: below(2000, 'ms') },
    { name: 'first tile', value: quantile(tiles, 0.5), unit: 'ms' },
  ]
}

interface ScrollWork extends PageWork {
  readonly shownPerSecond: number
}

async function scrollWatched(
  page: Page,
  cdp: CDPSession,
  probe: Probe,
  seconds: number,
): Promise<ScrollWork> {
  const { frames, answer } = await framesShown(cdp, async () => {
    const stop = await probe.start()
    await scrollFor(page, cdp, seconds, SCROLL_SPEED)
    return stop()
  })
  return { ...answer, shownPerSecond: frames / answer.seconds }
}

function scrollFigures(density: string, work: ScrollWork): BoardFigure[] {
  const percent = (share: number) => share * 100
  const longest = Math.max(0, ...work.longTasks)
  return [
    {
      name: `scrolling ${density}, frames shown`,
      value: work.shownPerSecond,
      unit: 'a second',
      goal: atLeast(57, 'a second'),
    },
    {
      name: `scrolling ${density}, the page's own frames`,
      value: work.framesPerSecond,
      unit: 'a second',
    },
    {
      name: `scrolling ${density}, frames without some of their tiles`,
      value: work.framesWithGaps,
      unit: '',
      goal: atMost(0, ''),
    },
    {
      name: `scrolling ${density}, longest task`,
      value: longest === 0 ? undefined : longest,
      unit: 'ms',
    },
    {
      name: `scrolling ${density}, tasks over ${LONG_TASK_MS} ms`,
      value: work.longTasks.length,
      unit: '',
      goal: atMost(0, ''),
    },
    { name: `scrolling ${density}, main thread`, value: percent(work.busy), unit: '%' },
    { name: `… of it script`, value: percent(work.script), unit: '%' },
    { name: `… of it style`, value: percent(work.style), unit: '%' },
    { name: `… of it layout`, value: percent(work.layout), unit: '%' },
  ]
}

/** What this machine draws of a page that does nothing, scrolled the same way. */
async function measurePlainPage(browser: Browser, seconds: number): Promise<BoardFigure[]> {
  const context = await browser.newContext({ viewport })
  const page = await context.newPage()
  const cdp = await context.newCDPSession(page)
  const probe = await createProbe(page, cdp)
  await page.goto('about:blank')
  await page.setContent(`<pre>${'A line of plain text, and nothing else.\n'.repeat(3000)}</pre>`)
  const work = await scrollWatched(page, cdp, probe, seconds)
  await context.close()
  return [
    {
      name: 'scrolling a page of plain text, frames shown',
      value: work.shownPerSecond,
      unit: 'a second',
    },
  ]
}

async function measureFilter(
  page: Page,
  cdp: CDPSession,
  probe: Probe,
  options: BrowserOptions,
): Promise<BoardFigure[]> {
  const profile = await startProfile(cdp, options.profileFolder, 'filter')
  const stop = await probe.start()
  await page.keyboard.press('/')
  for (const letter of FILTER) {
    await page.keyboard.press(letter)
    await page.waitForTimeout(120)
  }
  await page.locator('[data-tile^="load-07-"]').first().waitFor()
  await page.waitForTimeout(500)
  const filtered = await stop()
  for (let at = 0; at < FILTER.length; at++) {
    await page.keyboard.press('Backspace')
    await page.waitForTimeout(60)
  }
  await page.keyboard.press('Escape')
  await page.locator('[data-tile^="load-00-"]').first().focus()
  const stopMoving = await probe.start()
  for (let at = 0; at < 30; at++) {
    await page.keyboard.press(at % 3 === 0 ? 'ArrowDown' : 'ArrowRight')
    await page.waitForTimeout(80)
  }
  await page.waitForTimeout(300)
  const moved = await stopMoving()
  await profile()
  return [...inputFigures('filter key', filtered), ...inputFigures('arrow key', moved)]
}

function inputFigures(what: string, { inputs, longTasks }: PageWork): BoardFigure[] {
  const keys = inputs.filter((it) => /key|input/.test(it.name)).map((it) => it.ms)
  // What takes less than 16 ms is not reported.
  const value = Math.max(16, ...keys)
  return [
    { name: `${what} to paint, worst`, value, unit: 'ms', goal: below(100, 'ms') },
    { name: `${what}, longest task`, value: Math.max(0, ...longTasks), unit: 'ms' },
  ]
}

/** Answers how to end it; without a folder there is none. */
async function startProfile(
  cdp: CDPSession,
  folder: string | undefined,
  name: string,
): Promise<() => Promise<void>> {
  if (folder === undefined) return async () => {}
  await cdp.send('Profiler.enable')
  await cdp.send('Profiler.setSamplingInterval', { interval: 500 })
  await cdp.send('Profiler.start')
  return async () => {
    const { profile } = await cdp.send('Profiler.stop')
    writeFileSync(path.join(folder, `page-${name}.cpuprofile`), JSON.stringify(profile))
  }
}
