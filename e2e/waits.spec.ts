import type { Coordinators } from './fixtures/coordinators'
import { expect, expectAccessible, test } from './fixtures/test'

/** Two processes that wait for each other's ACK, for longer than any test lasts. */
async function deadlock(coordinators: Pick<Coordinators, 'start'>, name: string) {
  const [a, b] = await Promise.all(
    ['a', 'b'].map((it) => coordinators.start(`${name}-${it}`, { swarmId: name })),
  )
  if (!a || !b) throw new Error('no pair')
  const wait = async (from: typeof a, to: typeof a) => {
    const signalId = await from.tell<string>({ do: 'send', to: to.id })
    return from.tell<string[]>({ do: 'wait', on: [to.id], signalId, timeoutMs: 600_000 })
  }
  return { a, b, ends: { a: wait(a, b), b: wait(b, a) } }
}

test('a deadlock ends when one of its signals is cancelled: its waiter goes on at once', async ({
  page,
  coordinators,
}) => {
  const { ends } = await deadlock(coordinators, 'ring')
  await page.goto('/waits')
  const panel = page.getByRole('region', { name: 'Deadlock ring-a → ring-b → ring-a' })
  await expect(panel).toBeVisible()
  // The drawing is one stop of the tab key, and says of each whom it waits for.
  const nodes = page.getByRole('group', { name: 'Who waits for whom' }).getByRole('button')
  await expect(nodes.and(page.locator('[tabindex="0"]'))).toHaveCount(1)
  await nodes.first().focus()
  await page.keyboard.press('End')
  await expect(nodes.last()).toBeFocused()
  await expect(nodes.last()).toHaveAttribute('tabindex', '0')
  await expect(nodes.filter({ hasText: 'ring-a' })).toHaveAccessibleName(/, waits for ring-b$/)
  await panel.getByRole('button', { name: 'Show alone' }).click()
  await expect(page).toHaveURL(/\?cycle=/)
  await expectAccessible(page)

  const remedy = panel.getByRole('listitem').filter({ hasText: 'that ring-a waits on' })
  await remedy.getByRole('button', { name: 'Cancel…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('they wait for each other')
  await dialog.getByRole('button', { name: 'Cancel the signal' }).click()
  const wentOn = (it: 'a' | 'b') => ends[it].then(() => it)
  expect(await Promise.race([wentOn('a'), wentOn('b')])).toBe('a')
  expect(await ends.a).toEqual([])
  await expect(panel).toHaveCount(0)
  // The other one waits on: for somebody who can answer now.
  await expect(page.getByText('1 wait', { exact: true })).toBeVisible()
})

test('a deadlock ends when one of its members is replaced: the replacement answers', async ({
  page,
  coordinators,
}) => {
  const { ends } = await deadlock(coordinators, 'knot')
  ends.b.catch(() => {})
  await page.goto('/waits')
  const panel = page.getByRole('region', { name: 'Deadlock knot-a → knot-b → knot-a' })
  const remedy = panel.getByRole('listitem').filter({ hasText: 'Replace knot-b' })
  await remedy.getByRole('button', { name: 'Escalate…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('1 waiter is freed by the replacement’s ACKs')).toBeVisible()
  await dialog.getByLabel('Replace it by force').check()
  await dialog.getByLabel('Reason').fill('they wait for each other')
  await dialog.getByRole('button', { name: 'Escalate', exact: true }).click()
  const name = dialog.getByRole('button', { name: /^coordinator-\d+-/ })
  const replacement = (await name.innerText()).trim()
  await expect(panel).toHaveCount(0)
  await expect(ends.b).rejects.toThrow(/knot-b/)

  const successor = await coordinators.start(replacement, { swarmId: 'knot' })
  await successor.tell({ do: 'answer' })
  expect(await ends.a).toEqual(['knot-b'])
  await expect(dialog.getByText('It came after')).toBeVisible()
})
