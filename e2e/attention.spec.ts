import { CSRF_HEADER } from '@/lib/protocol/problem'
import { expect, expectAccessible, test } from './fixtures/test'
import { auditOf } from './pages/audit'

test('many that fall silent together are one entry, taken up by name and escalated at once', async ({
  page,
  coordinators,
}) => {
  // Somebody of the same host goes on: the host is not the cause.
  await coordinators.start('mill-keeper', { swarmId: 'mill' })
  const workers = await Promise.all(
    ['mill-a', 'mill-b', 'mill-c'].map((id) => coordinators.start(id, { swarmId: 'mill' })),
  )
  for (const it of workers) await it.tell({ do: 'keep', workId: `bag-of-${it.id}` })
  for (const it of workers) it.kill()

  await page.goto('/attention')
  const entry = page.getByRole('article', { name: '3 coordinators of mill died together' })
  await expect(entry).toBeVisible({ timeout: 30_000 })
  await expect(entry).toContainText('All of mill')
  await expect(entry).toContainText('3 work items wait')
  await expect(page.getByRole('article', { name: /^mill-. is/ })).toHaveCount(0)
  await expectAccessible(page)

  await entry.getByRole('button', { name: 'I have seen it' }).click()
  await expect(entry).toHaveCount(0)
  await page.getByRole('radio', { name: /^Seen or put off/ }).click()
  await expect(entry).toContainText('operator has seen it')

  // A link to it shows it, whatever the room would show.
  await entry.getByRole('link', { name: /died together/ }).click()
  await expect(page).toHaveURL(/\?entry=died-together/)
  await page.reload()
  await expect(entry).toHaveAttribute('aria-current', 'true')

  await entry.getByRole('button', { name: 'Escalate 3…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('3 work items move to the replacements.')).toBeVisible()
  await dialog.getByLabel('Reason').fill('the mill has stopped')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Escalate 3' }).click()
  await expect(dialog.getByText('3 of 3 escalated.')).toBeVisible()
  await expect(dialog.getByText(/^coordinator-/)).toHaveCount(3)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByText('The trouble that this link names is over.')).toBeVisible()
  expect((await auditOf(page, 'the mill has stopped')).map((it) => it.targets[0]).sort()).toEqual(
    workers.map((it) => it.id),
  )
})

test('a decision that waits for its owner is put off, comes back, and is taken', async ({
  page,
  coordinators,
}) => {
  const asker = await coordinators.start('shop-lead', { swarmId: 'shop' })
  const decided = asker.tell<string>({ do: 'ask-owner', swarmId: 'shop' })
  await page.goto('/attention')
  const entry = page.getByRole('article', { name: 'shop waits for a decision' })
  await expect(entry).toBeVisible()

  const id = await entry.getByRole('link').first().getAttribute('href')
  await entry.getByRole('button', { name: 'Put off' }).click()
  await page.getByRole('menuitem', { name: 'for 5 minutes' }).click()
  await expect(page.getByText('Put off for 5 minutes, with your name on it')).toBeVisible()
  await expect(entry).toHaveCount(0)
  await page.getByRole('radio', { name: 'All' }).click()
  await expect(entry).toContainText('put off by operator')

  await page.getByRole('radio', { name: /^Open/ }).click()
  await expect(entry).toHaveCount(0)
  // The menu's shortest time is minutes; the server takes any.
  const answer = await page.request.post('/api/v1/attention/snoozes', {
    headers: { [CSRF_HEADER]: '1', origin: new URL(page.url()).origin },
    data: {
      entry: new URL(id ?? '', page.url()).searchParams.get('entry'),
      until: Date.now() + 1_000,
    },
  })
  expect(answer.status()).toBe(200)
  await expect(entry).toBeVisible()

  await entry.getByRole('button', { name: 'Decide…' }).click()
  await page.getByRole('button', { name: 'Proceed…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('good enough to go on')
  await dialog.getByRole('button', { name: 'Proceed' }).click()
  expect(await decided).toBe('proceed')
  await page.goto('/attention')
  await expect(page.getByRole('heading', { name: 'Attention' })).toBeVisible()
  await expect(entry).toHaveCount(0)
})
