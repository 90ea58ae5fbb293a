import { expect, test } from './fixtures/test'
import { BoardPage } from './pages/board-page'

test.use({ swarm: true })

test('Redis stops: the board says what is stale, breakers open, nobody dies; it starts: all recovers', async ({
  page,
  room,
}) => {
  const board = new BoardPage(page)
  await board.open()
  await expect.poll(() => board.tiles().count()).toBeGreaterThanOrEqual(8)
  const before = await board.tiles().count()

  await room.redis.shutdown()
  const banner = page.getByText('Redis cannot be reached.')
  await expect(banner).toBeVisible({ timeout: 20_000 })
  await expect(page.getByText('No coordinator dies of it.')).toBeVisible()
  // Longer than the sample's threshold: with a monitor of its own clock everybody would be dead now.
  await page.waitForFunction((until) => Date.now() > until, Date.now() + 13_000, {
    timeout: 20_000,
  })
  await expect(banner).toBeVisible()

  await room.redis.restart()
  await expect(banner).toBeHidden({ timeout: 30_000 })
  // Who listens hears that it is over.
  await expect(page.getByText('The board is live again.')).toBeAttached()
  await expect.poll(() => board.tiles().count()).toBe(before)
  await expect(
    page.locator('[data-tile][aria-label*=", active,"], [data-tile][aria-label*=", blocked,"]'),
  ).toHaveCount(before, { timeout: 40_000 })

  const { events } = (await (await page.request.get('/api/v1/events?limit=1000')).json()) as {
    events: { type: string; data: { owner?: string } }[]
  }
  expect(events.filter((it) => it.type === 'coordinator.timed_out')).toEqual([])
  const opened = events.filter((it) => it.type.startsWith('breaker.')).map((it) => it.data.owner)
  expect(opened).toContainEqual(expect.stringMatching(/^server-/))
  expect(new Set(opened).size).toBeGreaterThan(1)

  await page.goto('/breakers')
  await expect(page.getByText(/^server-/).first()).toBeVisible()
})
