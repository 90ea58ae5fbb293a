import { coordinatorListSchema, signalDetailSchema } from '@/lib/protocol/http'
import { namespaceKeys } from '@/lib/redis/keys'
import { expect, expectAccessible, test } from './fixtures/test'
import { BoardPage, DrawerPage } from './pages/board-page'

const keys = namespaceKeys()

test('who never comes is escalated again, and the next one inherits everything', async ({
  page,
  room,
  coordinators,
}) => {
  const fragile = await coordinators.start('barn-fragile', { swarmId: 'barn' })
  await fragile.tell({ do: 'keep', workId: 'hay' })
  fragile.kill()
  const board = new BoardPage(page)
  await page.goto('/coordinators/barn-fragile')
  await board.expectStatus('barn-fragile', 'dead')
  await new DrawerPage(page, 'barn-fragile').escalate('its process was killed')

  // No spawner takes the request; its time to come is over at once, and not in a minute.
  const dialog = page.getByRole('dialog')
  const name = dialog.getByRole('button', { name: /^coordinator-\d+-/ })
  const missed = (await name.innerText()).trim()
  const redis = room.redis.client()
  await redis.zadd(keys.deadlines, Date.now(), `spawn:${missed}`)
  redis.disconnect()
  await expect(dialog.getByText('It never came.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Escalate again' }).click()
  await expect(name).not.toHaveText(missed)
  const replacement = (await name.innerText()).trim()
  const successor = await coordinators.start(replacement, { swarmId: 'barn' })
  await expect(dialog.getByText('It came after')).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()

  await page.goto(`/coordinators/${replacement}`)
  const drawer = new DrawerPage(page, replacement)
  await expect(drawer.panel.getByText('hay', { exact: true })).toBeVisible()
  expect(await drawer.pid()).toBe(successor.pid)
})

test('one that was killed is cleaned up, then forgotten, from its drawer', async ({
  page,
  coordinators,
}) => {
  const slow = { swarmId: 'loft', timeoutThreshold: 600_000 }
  const solo = await coordinators.start('loft-solo', slow)
  solo.kill()
  const board = new BoardPage(page)
  await page.goto('/coordinators/loft-solo')
  const drawer = new DrawerPage(page, 'loft-solo')
  const dialog = page.getByRole('dialog')
  await drawer.more('Clean up…')
  await expect(dialog.getByRole('button', { name: 'Clean up' })).toBeDisabled()
  await dialog.getByLabel('Reason').fill('it is not needed')
  await dialog.getByRole('button', { name: 'Clean up' }).click()
  await board.expectStatus('loft-solo', 'stopped')

  await drawer.more('Forget…')
  await dialog.getByLabel('Reason').fill('it is not needed')
  await dialog.getByRole('button', { name: 'Forget it' }).click()
  await expect(drawer.panel).toHaveCount(0)
  await expect(board.tile('loft-solo')).toHaveCount(0)
  const list = await page.request.get('/api/v1/coordinators')
  const { coordinators: left } = coordinatorListSchema.parse(await list.json())
  expect(left.map((it) => it.id)).not.toContain('loft-solo')
})

test('a signal is cancelled; who answers it all the same is late, and its chip says so', async ({
  page,
  coordinators,
}) => {
  const [lead, worker] = await Promise.all(
    ['yard-lead', 'yard-worker'].map((id) => coordinators.start(id, { swarmId: 'yard' })),
  )
  if (!lead || !worker) throw new Error('nobody there')
  await lead.tell({ do: 'send', to: worker.id })
  expect(await worker.tell({ do: 'answer' })).toContain('yard-lead:yard-worker')
  const cancelled = await lead.tell<string>({ do: 'send', to: worker.id })
  const waiting = lead.tell<string[]>({
    do: 'wait',
    on: [worker.id],
    signalId: cancelled,
    timeoutMs: 600_000,
  })

  await page.goto(`/signals?signal=${encodeURIComponent(cancelled)}`)
  await page.getByRole('button', { name: /^Cancel/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('sent by mistake')
  await dialog.getByRole('button', { name: 'Cancel the signal' }).click()
  expect(await waiting).toEqual([])

  const read = await page.request.get(`/api/v1/signals/${encodeURIComponent(cancelled)}`)
  const { signal } = signalDetailSchema.parse(await read.json())
  const given = { ...signal, targets: [worker.id] }
  expect(await worker.tell({ do: 'answer-this', signal: given })).toBe('SignalStateError')

  // On a phone, where the drawer is the whole page.
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`/coordinators/${worker.id}`)
  const drawer = new DrawerPage(page, worker.id)
  await expect(drawer.panel.getByText('valid', { exact: true })).toBeVisible()
  await expect(drawer.panel.getByTitle('It came after the signal')).toBeVisible()
  await expect(drawer.panel.getByText('1 of 2 refused')).toBeVisible()
  const width = await page.evaluate(() => document.documentElement.scrollWidth)
  expect(width).toBeLessThanOrEqual(360)
  await expectAccessible(page)
})
