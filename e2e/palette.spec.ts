import { expect, expectAccessible, test } from './fixtures/test'
import { BoardPage } from './pages/board-page'

test('the palette goes to rooms and coordinators and acts, all from the keyboard', async ({
  page,
  coordinators,
}) => {
  await coordinators.start('lodge-keeper', { swarmId: 'lodge' })
  const board = new BoardPage(page)
  // However many the files before have left on the board: a tile far down it is not there.
  await page.goto('/?q=swarm%3Alodge')
  await expect(board.tile('lodge-keeper')).toBeVisible()
  const palette = page.getByRole('dialog', { name: 'Palette' })
  const ask = async (words: string) => {
    await page.keyboard.press('ControlOrMeta+k')
    await expect(palette.getByRole('combobox')).toBeFocused()
    await page.keyboard.type(words)
  }

  await ask('lodge-k')
  await expect(palette.getByRole('option')).toHaveText([/lodge-keeper/])
  await expectAccessible(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('article', { name: 'Coordinator lodge-keeper' })).toBeVisible()

  // From within the drawer, too; what was typed before is gone.
  await ask('breakers')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL((url) => url.pathname === '/breakers')
  await ask('send a')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Send a signal' })).toBeVisible()

  await ask('nothing is called so')
  await expect(palette.getByText('Nothing is called that.')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toHaveCount(0)
  await page.goBack()
  await expect(page).toHaveURL((url) => url.pathname === '/breakers')
})
