import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures/test'
import { auditOf } from './pages/audit'

/** Most stops of the tab key on the way from anywhere in a room to a button in it. */
const FAR = 60

/** Goes on with the tab key until it has the focus. Nothing here is clicked or filled in. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stops = 0; stops < FAR; stops++) {
    if (await target.evaluate((it) => it === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(target).toBeFocused()
}

async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** The field has the focus as its window opens; the same keys as in any form send it. */
async function giveReason(page: Page, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Reason')).toBeFocused()
  await page.keyboard.type(reason)
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toHaveCount(0)
}

/** The focus is in this, or on it, and not at the top of the page. */
async function expectFocusIn(place: Locator): Promise<void> {
  await expect(async () =>
    expect(await place.evaluate((it) => it.contains(document.activeElement))).toBe(true),
  ).toPass()
}

test('a signal is found and cancelled, and what was the button’s focus stays beside it', async ({
  page,
  coordinators,
}) => {
  await coordinators.start('heron-mute', { swarmId: 'heron' })
  const sender = await coordinators.start('heron-caller', { swarmId: 'heron' })
  await sender.tell({ do: 'send', to: 'heron-mute' })
  // The key of an escalation means whose drawer is open, in any room.
  await page.goto('/waits?coordinator=heron-caller')
  await expect(page.getByRole('button', { name: 'Escalate…' })).toBeVisible()
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog')).toContainText('heron-caller')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/coordinator=/)
  await page.keyboard.press('g')
  await page.keyboard.press('s')
  await expect(page.getByRole('row', { name: /heron-caller/ })).toBeVisible()
  const pane = page.getByRole('complementary', { name: 'Signal' })
  // The room takes keys from the moment after its rows are drawn.
  await expect(async () => {
    await page.keyboard.press('j')
    await expect(pane).toContainText('heron-caller', { timeout: 1_000 })
  }).toPass()
  await press(page, pane.getByRole('button', { name: 'Cancel…' }))
  await giveReason(page, 'the heron has flown')
  await expect(pane.getByRole('button', { name: 'Cancel…' })).toHaveCount(0)
  await expectFocusIn(page.locator('#room'))
  expect(await auditOf(page, 'the heron has flown')).toMatchObject([{ action: 'cancel-signal' }])
})

test('trouble is escalated, seen and put off from the queue, and the next in it has the focus', async ({
  page,
  coordinators,
}) => {
  await Promise.all(
    ['plover', 'osprey'].map(async (swarmId) => {
      const asker = await coordinators.start(`${swarmId}-lead`, { swarmId })
      void asker.tell({ do: 'ask-owner', swarmId })
    }),
  )
  const dead = await coordinators.start('wren-dead', { swarmId: 'wren' })
  dead.kill()
  await page.goto('/attention')
  const entry = (name: string | RegExp) => page.getByRole('article', { name })
  const walkTo = async (target: Locator) => {
    await expect(target).toBeVisible({ timeout: 30_000 })
    const title = target.getByRole('link').first()
    // From the top: whatever gets worse moves up.
    for (const key of ['k', 'j']) {
      for (let steps = 0; steps < FAR; steps++) {
        if (await title.evaluate((it) => it === document.activeElement)) return
        await page.keyboard.press(key)
      }
    }
    await expect(title).toBeFocused()
  }
  await walkTo(entry(/wren-dead is dead/))
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog')).toContainText('wren-dead')
  await page.keyboard.press('Escape')
  await expect(
    entry(/wren-dead/)
      .getByRole('link')
      .first(),
  ).toBeFocused()

  await walkTo(entry('plover waits for a decision'))
  await press(
    page,
    entry('plover waits for a decision').getByRole('button', { name: 'I have seen it' }),
  )
  await expect(entry('plover waits for a decision')).toHaveCount(0)
  await expectFocusIn(page.locator('#room'))

  await walkTo(entry('osprey waits for a decision'))
  await press(page, entry('osprey waits for a decision').getByRole('button', { name: 'Put off' }))
  await expect(page.getByRole('menuitem', { name: 'for 5 minutes' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(entry('osprey waits for a decision')).toHaveCount(0)
  await expectFocusIn(page.locator('#room'))
})

test('a breaker is forced open and given back, with the focus on what was pressed', async ({
  page,
  coordinators,
}) => {
  const owner = await coordinators.start('teal-owner', { swarmId: 'teal' })
  await owner.tell({ do: 'call', breaker: 'teal-wire' })
  await page.goto('/breakers')
  await expect(page.getByRole('button', { name: 'teal-wire of teal-owner, closed' })).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('teal-wire')
  await press(page, page.getByRole('button', { name: /^teal-wire of teal-owner/ }))
  const pane = page.getByRole('complementary', { name: 'Breaker teal-wire of teal-owner' })
  await press(page, pane.getByRole('button', { name: 'Force open…' }))
  await giveReason(page, 'the teal wire hums')
  await expect(pane.getByRole('button', { name: 'Force open…' })).toBeFocused()
  await expect(pane).toContainText('Now forced open by operator: the teal wire hums.')
  await press(page, pane.getByRole('button', { name: 'Reset…' }))
  await giveReason(page, 'the teal wire is quiet')
  await expect(pane).toContainText('Now reset by operator: the teal wire is quiet.')
  expect(await owner.tell({ do: 'call', breaker: 'teal-wire' })).toBe('called')
})

test('a token is made and ended, and another’s session revoked', async ({
  page,
  visitor,
  room,
}) => {
  const other = await visitor(await room.signInLink('egret', 'viewer'))
  await page.goto('/settings')
  const section = (name: string) => page.getByRole('region', { name, exact: true })
  await press(page, page.getByRole('link', { name: 'Tokens' }))
  await press(page, page.getByRole('button', { name: 'New token…' }))
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('egret-scraper')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Only')
  await press(page, dialog.getByRole('button', { name: 'Make token' }))
  await expect(dialog.getByLabel('Token', { exact: true })).toBeVisible()
  await press(page, dialog.getByRole('button', { name: 'Done' }))
  await expect(page.getByRole('button', { name: 'New token…' })).toBeFocused()
  await press(page, page.getByRole('button', { name: 'Revoke egret-scraper' }))
  await press(page, dialog.getByRole('button', { name: 'Revoke' }))
  await expect(page.getByRole('button', { name: 'Revoke egret-scraper' })).toHaveCount(0)
  await expectFocusIn(section('Machine tokens'))

  await page.goto('/settings?section=sessions')
  await press(page, page.getByRole('button', { name: /^Revoke egret/ }))
  await press(page, dialog.getByRole('button', { name: 'Revoke' }))
  await expect(other).toHaveURL(/\/sign-in\?ended=1/)
  await expect(page.getByRole('row', { name: /^egret/ })).toHaveCount(0)
  await expectFocusIn(section('Sessions'))
})

test('the past is entered, gone through and left, and the focus is in the room again', async ({
  page,
  coordinators,
}) => {
  await coordinators.start('dunlin-one', { swarmId: 'dunlin' })
  await page.goto('/?q=swarm:dunlin')
  await expect(page.locator('[data-tile="dunlin-one"]')).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.locator('[data-tile="dunlin-one"]')).toBeFocused()
  await page.keyboard.press('p')
  const slider = page.getByRole('slider', { name: 'Moment shown' })
  await tabTo(page, slider)
  const text = async () => (await slider.getAttribute('aria-valuetext')) ?? ''
  await expect(async () => expect(await text()).not.toBe('')).toPass()
  const before = await text()
  await page.keyboard.press('ArrowLeft')
  await expect(slider).not.toHaveAttribute('aria-valuetext', before)
  await press(page, page.getByRole('button', { name: 'Back to live' }))
  await expect(slider).toHaveCount(0)
  await expect(page).toHaveURL((url) => !url.searchParams.has('at'))
  await expectFocusIn(page.locator('#room'))
})
