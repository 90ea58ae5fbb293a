import { expect, expectAccessible, test } from './fixtures/test'
import { BoardPage } from './pages/board-page'

const ALL = /swarm:quay,pier|swarm%3Aquay%2Cpier/

test('groups, density and order stand in the address, and Back goes through them', async ({
  page,
  coordinators,
}) => {
  const [, , dying] = await Promise.all([
    coordinators.start('quay-a', { swarmId: 'quay', phase: 'loop-3-work' }),
    coordinators.start('quay-b', { swarmId: 'quay', phase: 'loop-2-review' }),
    coordinators.start('quay-c', { swarmId: 'quay', phase: 'loop-3-work' }),
    coordinators.start('pier-a', { swarmId: 'pier', phase: 'loop-3-work' }),
  ])
  dying?.kill()
  const board = new BoardPage(page)
  await page.goto('/?q=swarm:quay,pier')
  await board.expectStatus('quay-c', 'dead')
  const groups = page.getByRole('rowheader').getByRole('heading')
  const order = () => board.tiles().evaluateAll((all) => all.map((it) => it.dataset.tile))
  await expect(groups).toHaveText(['pier', 'quay'])
  expect(await order()).toEqual(['pier-a', 'quay-a', 'quay-b', 'quay-c'])

  await page.getByRole('button', { name: 'Worst first' }).click()
  await expect(groups).toHaveText(['quay', 'pier'])
  await page.getByRole('radio', { name: 'Loop' }).click()
  await expect(groups).toHaveText(['Loop 3, work', 'Loop 2, consensus'])
  await page.getByRole('radio', { name: 'Status' }).click()
  await expect(groups).toHaveText(['dead', 'active'])
  await page.getByRole('radio', { name: 'Lamps' }).click()
  await expect(page).toHaveURL(/density=lamp/)
  await expectAccessible(page)

  // A link shows the same, and Back takes the steps back one by one.
  const linked = await page.context().newPage()
  await linked.goto(page.url())
  await expect(linked.getByRole('rowheader').getByRole('heading')).toHaveText(['dead', 'active'])
  await expect(linked.getByRole('radio', { name: 'Lamps' })).toBeChecked()
  await linked.close()
  await page.goBack()
  await expect(page.getByRole('radio', { name: 'Cards' })).toBeChecked()
  await page.goBack()
  await expect(groups).toHaveText(['Loop 3, work', 'Loop 2, consensus'])
  await page.goBack()
  await expect(groups).toHaveText(['quay', 'pier'])
  await page.goBack()
  await expect(groups).toHaveText(['pier', 'quay'])
  await expect(page).toHaveURL(ALL)
})

test('the filter suggests what can stand there, says what cannot, and a saved view brings it back', async ({
  page,
  coordinators,
}) => {
  await Promise.all([
    coordinators.start('dock-a', { swarmId: 'dock' }),
    coordinators.start('dock-b', { swarmId: 'dock' }),
  ])
  const board = new BoardPage(page)
  await board.open()
  await expect(board.tile('dock-b')).toBeVisible()
  await page.keyboard.press('/')
  const box = page.getByRole('combobox', { name: 'Filter the board' })
  await expect(box).toBeFocused()
  await page.keyboard.type('swa')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(box).toHaveValue('swarm:')
  await page.keyboard.type('doc')
  await page.getByRole('option', { name: /^dock/ }).click()
  await expect(box).toHaveValue('swarm:dock ')
  await expect(board.tiles()).toHaveCount(2)
  await page.keyboard.type('dock-b')
  await expect(board.tiles()).toHaveCount(1)
  await expect(page.getByRole('status').filter({ hasText: '1 of ' })).toBeVisible()

  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByLabel('Name of this view').fill('one of the dock')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Back to the plain board' }).click()
  await expect(box).toHaveValue('')
  await expect(page).toHaveURL((url) => url.search === '')

  await box.fill('colour:red')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alert').filter({ hasText: 'colour' })).toContainText(
    'The filter does not know “colour:”.',
  )
  await expectAccessible(page)

  await page.reload()
  await page.getByRole('button', { name: 'Saved views' }).click()
  await page.getByRole('button', { name: /^one of the dock/ }).click()
  await expect(box).toHaveValue('swarm:dock dock-b')
  await expect(board.tiles()).toHaveCount(1)
  await page.goBack()
  await expect(box).toHaveValue('colour:red')
})

test('the grid is one stop of the tab key, with arrow keys inside, and a drawer is one press', async ({
  page,
  coordinators,
}) => {
  await Promise.all(
    ['mole-a', 'mole-b', 'mole-c', 'mole-d'].map((id) =>
      coordinators.start(id, { swarmId: 'mole' }),
    ),
  )
  const board = new BoardPage(page)
  // So narrow that there is a line below.
  await page.setViewportSize({ width: 640, height: 800 })
  await page.goto('/?q=swarm:mole')
  await expect(board.tiles()).toHaveCount(4)
  await expect(page.locator('[data-tile][tabindex="0"]')).toHaveCount(1)
  await board.tile('mole-a').focus()
  await page.keyboard.press('ArrowRight')
  await expect(board.tile('mole-b')).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowDown')
  await expect(
    board.tile('mole-c').or(board.tile('mole-d')).and(page.locator(':focus')),
  ).toHaveCount(1)
  await page.keyboard.press('ArrowUp')
  await expect(board.tile('mole-a')).toBeFocused()
  await page.keyboard.press('j')
  await expect(board.tile('mole-b')).toBeFocused()
  await expect(page.locator('[data-tile][tabindex="0"]')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article', { name: 'Coordinator mole-b' })).toBeVisible()
  await expect(page).toHaveURL(/coordinator(s\/|=)mole-b/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('article', { name: /^Coordinator/ })).toHaveCount(0)
  await expect(page).toHaveURL(/swarm(:|%3A)mole/)
})
