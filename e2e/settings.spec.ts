import { expect, expectAccessible, test } from './fixtures/test'

const PASSWORD = 'a lantern over the points'

test('an admin adds a viewer, who chooses a password and signs in with it', async ({
  visitor,
  room,
}) => {
  const ada = await visitor(await room.signInLink('ada', 'admin'))
  await ada.goto('/settings?section=users')
  await ada.getByRole('button', { name: 'Add user…' }).click()
  await ada.getByRole('textbox', { name: 'Name' }).fill('nora')
  await ada.getByRole('button', { name: 'Add', exact: true }).click()
  const link = await ada.getByLabel('Sign-in link', { exact: true }).innerText()
  await ada.getByRole('button', { name: 'Done' }).click()
  const row = ada.getByRole('row', { name: /^nora/ })
  await expect(row).toContainText('none yet')
  await expect(row.getByRole('combobox')).toHaveValue('viewer')

  const nora = await visitor(link)
  await nora.goto('/settings')
  const sections = nora.getByRole('navigation', { name: 'Sections of the settings' })
  await expect(sections.getByRole('link')).toHaveText(['Account', 'Sessions'])
  // Whoever has none is asked for none.
  await expect(nora.getByLabel('Current password')).toHaveCount(0)
  await nora.getByLabel('New password', { exact: true }).fill(PASSWORD)
  await nora.getByLabel('New password, again').fill(PASSWORD)
  await nora.getByRole('button', { name: 'Set password' }).click()
  await expect(nora.getByText('Your password is set.')).toBeVisible()
  await expect(nora.getByLabel('Current password')).toBeVisible()

  const again = await visitor()
  await again.goto('/sign-in')
  await again.getByLabel('Name').fill('nora')
  await again.getByLabel('Password').fill(PASSWORD)
  await again.getByRole('button', { name: 'Sign in' }).click()
  await again.waitForURL((url) => url.pathname !== '/sign-in')

  await again.goto('/settings?section=users')
  await expect(again.getByText('This is for the role admin')).toBeVisible()
  expect((await again.request.get('/api/v1/users')).status()).toBe(403)
})

test('a forgotten password is replaced by one that is shown once', async ({ visitor, room }) => {
  const ada = await visitor(await room.signInLink('ada', 'admin'))
  const kim = await visitor(await room.signInLink('kim', 'viewer'))
  await expect(kim.getByText(/live, \d+ ms behind/)).toBeVisible()
  await ada.goto('/settings?section=users')
  await ada.getByRole('button', { name: 'Reset the password of kim' }).click()
  await ada.getByRole('dialog').getByRole('button', { name: 'Reset password' }).click()
  const password = await ada.getByLabel('Password', { exact: true }).innerText()
  await ada.getByRole('button', { name: 'Done' }).click()
  await expect(ada.locator('body')).not.toContainText(password)
  await expect(kim).toHaveURL(/\/sign-in\?ended=1/)

  await kim.getByLabel('Name').fill('kim')
  await kim.getByLabel('Password').fill(password)
  await kim.getByRole('button', { name: 'Sign in' }).click()
  await kim.waitForURL((url) => url.pathname !== '/sign-in')
  await ada.getByRole('link', { name: 'Audit', exact: true }).click()
  await expect(ada.getByRole('row').filter({ hasText: 'Reset password' })).toContainText('kim')
})

test('a revoked session is signed out within seconds, and what was being typed is not lost', async ({
  visitor,
  room,
  coordinators,
}) => {
  const { id } = await coordinators.start('ledger-clerk', { swarmId: 'ledger' })
  const ada = await visitor(await room.signInLink('ada', 'admin'))
  const max = await visitor(await room.signInLink('max', 'operator'))
  const reason = max.getByRole('dialog').getByLabel('Reason')
  const escalate = async () => {
    await max.goto(`/coordinators/${id}`)
    await max.getByRole('button', { name: 'Escalate…' }).click()
  }
  await escalate()
  await reason.fill('it counts sheep')
  await ada.goto('/settings?section=sessions')
  await expect(ada.getByRole('row').filter({ hasText: 'this one' })).toContainText('ada')
  await ada.getByRole('row', { name: /^max/ }).getByRole('button').click()
  await ada.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(max).toHaveURL(/\/sign-in\?ended=1/)
  await expect(ada.getByRole('row', { name: /^max/ })).toHaveCount(0)

  await max.goto(await room.signInLink('max', 'operator'))
  await max.waitForURL((url) => url.pathname !== '/sign-in')
  await escalate()
  await expect(reason).toHaveValue('it counts sheep')
  // Given back once.
  await escalate()
  await expect(reason).toHaveValue('')

  await ada.getByRole('link', { name: 'Audit', exact: true }).click()
  await expect(ada.getByRole('row').filter({ hasText: 'Revoke session' }).first()).toContainText(
    'max',
  )
  await ada.goBack()
  await expect(ada).toHaveURL(/section=sessions/)
})

test('a machine token is shown once, opens its door, and no longer when revoked', async ({
  visitor,
  room,
}) => {
  const ada = await visitor(await room.signInLink('ada', 'admin'))
  await ada.goto('/settings?section=tokens')
  await expect(ada.getByText('There is no machine token')).toBeVisible()
  await ada.getByRole('button', { name: 'New token…' }).click()
  await ada.getByRole('textbox', { name: 'Name' }).fill('scraper')
  // Escape closes the open list, not the window that it stands in.
  const opens = ada.getByRole('combobox', { name: 'Opens' })
  await opens.focus()
  await ada.keyboard.press('Space')
  await expect(opens.getByRole('option', { name: 'One coordinator' })).toBeFocused()
  await expectAccessible(ada)
  await ada.keyboard.press('Escape')
  await expect(opens).toBeFocused()
  await opens.selectOption('Only the metrics')
  await ada.getByRole('button', { name: 'Make token' }).click()
  const token = await ada.getByLabel('Token', { exact: true }).innerText()
  await ada.getByRole('button', { name: 'Done' }).click()
  const metrics = async () => {
    const answer = await fetch(`${room.url}/metrics`, {
      headers: { authorization: `Bearer ${token}` },
    })
    return answer.status
  }
  expect(await metrics()).toBe(200)
  await ada.getByRole('button', { name: 'Revoke scraper' }).click()
  await ada.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(ada.getByText('There is no machine token')).toBeVisible()
  await expect(ada.locator('body')).not.toContainText(token)
  expect(await metrics()).toBe(401)
})

test('every section is for everybody, in both themes', async ({ visitor, room }) => {
  const ada = await visitor(await room.signInLink('ada', 'admin'))
  for (const section of ['account', 'sessions', 'users', 'tokens', 'notifications', 'audit']) {
    await ada.goto(`/settings?section=${section}`)
    await expect(ada.getByRole('heading', { level: 2 }).first()).toBeVisible()
    await expect(ada.getByRole('status', { name: 'Loading' })).toHaveCount(0)
    await expectAccessible(ada)
  }
})
