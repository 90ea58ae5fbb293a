import { expect, expectAccessible, test } from './fixtures/test'
import { BoardPage } from './pages/board-page'
import { PastPage } from './pages/past-page'
import { victims } from './pages/victims'

test.use({ swarm: true })

const ALIVE = /, (active|blocked),/

test('who was killed and replaced lives on the board of then, where nothing can be done', async ({
  page,
  room,
}) => {
  const board = new BoardPage(page)
  const past = new PastPage(page)
  await board.open()
  const [victim] = await victims(page, 1)
  const drawer = await board.openDrawer(victim)
  const before: { serverTime: number } = await (await page.request.get('/api/v1/history')).json()
  process.kill(await drawer.pid(), 'SIGKILL')
  const answer = await page.request.post(`/api/v1/coordinators/${victim}/escalations`, {
    headers: { 'x-signalbox': '1', origin: room.url },
    data: { reason: 'its process was killed', force: true },
  })
  expect(answer.ok()).toBe(true)
  await board.expectStatus(victim, 'escalated')

  // From now backwards, by dragging: it lives.
  await page.keyboard.press('p')
  await expect(past.strip).toBeVisible()
  await board.expectStatus(victim, 'escalated')
  await past.dragTo(before.serverTime)
  await board.expectStatus(victim, ALIVE)
  await expect(page).toHaveURL((url) => url.searchParams.has('at'))
  await expect(drawer.panel.getByText('Heartbeats are not in the log: it was')).toBeVisible()
  await expect(drawer.panel.getByText(/^kill -9/)).toHaveCount(0)
  for (const name of ['Escalate…', 'More', 'Send signal'])
    await expect(drawer.panel.getByRole('button', { name })).toHaveCount(0)
  await expectAccessible(page)

  // Another room is of the same moment, and a link to it shows the same.
  const shown = await past.slider.getAttribute('aria-valuetext')
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page).toHaveURL(/\/signals\?.*at=\d+/)
  await expect(page.getByRole('button', { name: 'Send signal' })).toHaveCount(0)
  await page.reload()
  await expect(past.slider).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^${shown?.split(',')[0]?.replaceAll('.', '\\.')}`),
  )

  // To the event itself, and one step back from it.
  const { events } = await (
    await page.request.get('/api/v1/events?type=coordinator.escalated&limit=1')
  ).json()
  await page.goto(`/?at=${events[0].seq}`)
  await board.expectStatus(victim, 'escalated')
  await past.slider.focus()
  await page.keyboard.press('ArrowLeft')
  await board.expectStatus(victim, ALIVE)
  await page.keyboard.press('ArrowRight')
  await board.expectStatus(victim, 'escalated')
  await page.keyboard.press('ArrowLeft')
  await board.expectStatus(victim, ALIVE)

  // Played, it comes to the same, without a request for every board and without a step for Back.
  const address = page.url()
  const steps = await page.evaluate(() => window.history.length)
  let reads = 0
  page.on('request', (it) => {
    if (it.url().includes('/history/view')) reads += 1
  })
  await page.keyboard.press('Space')
  await expect(past.strip.getByRole('button', { name: 'Pause' })).toBeVisible()
  await board.expectStatus(victim, 'escalated')
  await expect(page).not.toHaveURL(address)
  await past.strip.getByRole('radio', { name: '60×' }).click()
  // What happens now is not far: it stops where the log does.
  await expect(past.strip.getByText('The log ends here.')).toBeVisible()
  await expect(past.strip.getByRole('button', { name: 'Play' })).toBeVisible()
  expect(await page.evaluate(() => window.history.length)).toBe(steps)
  expect(reads).toBeLessThan(20)

  await page.keyboard.press('Escape')
  await expect(past.strip).toBeHidden()
  await expect(page).toHaveURL((url) => !url.searchParams.has('at'))
  await board.expectStatus(victim, 'escalated')
  await page.goBack()
  await expect(past.strip).toBeVisible()
  await past.strip.getByRole('button', { name: 'Back to live' }).click()
  await expect(past.strip).toBeHidden()
})

test('before anybody came nobody is there, and what is not kept any more is said so', async ({
  page,
  room,
}) => {
  const past = new PastPage(page)
  await page.goto('/?at=1000')
  await expect(page.getByText('Nobody was on the board then')).toBeVisible()
  await room.redis.client().xtrim('blocking:events', 'MAXLEN', 1)
  await page.goto('/?at=2000')
  await expect(past.strip.getByRole('alert')).toContainText('does not reach back')
  await past.strip.getByRole('button', { name: 'Back to live' }).click()
  await expect(page.getByRole('grid', { name: 'Coordinators' })).toBeVisible()
})
