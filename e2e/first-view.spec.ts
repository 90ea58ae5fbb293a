import { gzipSync } from 'node:zlib'
import { BlockingCoordinationManager, createClient } from '@/lib/index'
import { expect, test } from './fixtures/test'

const MOST_KB = 200

test('what the board needs for its first view stays small', async ({ browser, page, room }) => {
  const redisClient = createClient({ socket: { host: room.redis.host, port: room.redis.port } })
  await redisClient.connect()
  const hmacSecret = room.secret
  const someone = new BlockingCoordinationManager({
    redisClient,
    coordinatorId: 'someone',
    hmacSecret,
  })
  await someone.recordActivity('loop-3', 1)

  // An empty cache, and a board that does not come yet: until it does, nothing is asked for but what
  // the first view needs.
  const context = await browser.newContext({
    storageState: await page.context().storageState(),
    viewport: page.viewportSize(),
  })
  const fresh = await context.newPage()
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  await fresh.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => server.send(message))
    server.onMessage(async (message) => {
      if (String(message).startsWith('42')) await released
      socket.send(message)
    })
  })
  const scripts = new Map<string, number>()
  let complete = false
  await fresh.route('**/*.js', async (route) => {
    // From then on there is no more: the first tile has to stand with what is there.
    if (complete) return route.abort()
    const response = await route.fetch()
    const body = await response.body()
    scripts.set(new URL(route.request().url()).pathname, gzipSync(body).length / 1024)
    await route.fulfill({ response, body })
  })
  await fresh.goto(room.url)
  await expect(fresh.getByRole('textbox').or(fresh.getByRole('combobox')).first()).toBeVisible()
  await fresh.waitForLoadState('networkidle')
  complete = true
  release()
  await expect(fresh.locator('[data-tile="someone"]')).toBeVisible()

  const sizes = [...scripts].sort(([, one], [, other]) => other - one)
  const whole = sizes.reduce((sum, [, size]) => sum + size, 0)
  const list = sizes.map(([name, size]) => `${size.toFixed(1).padStart(6)} KB  ${name}`).join('\n')
  expect(scripts.size, 'no script was seen at all').toBeGreaterThan(5)
  expect(
    whole,
    `The first view of the board takes ${whole.toFixed(1)} KB of JavaScript, compressed; ${MOST_KB} KB are the limit. ` +
      `What is not needed for the first tiles is better imported with lazyPart({ behind: true }):\n${list}`,
  ).toBeLessThan(MOST_KB)
  test.info().annotations.push({ type: 'first view', description: `${whole.toFixed(1)} KB` })

  await context.close()
  await someone.cleanup()
  await redisClient.quit()
})
