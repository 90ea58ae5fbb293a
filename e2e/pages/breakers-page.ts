import { expect, type Locator, type Page } from '@playwright/test'

/** The breakers room and the pane of one breaker. */
export class BreakersPage {
  readonly pane: Locator

  constructor(readonly page: Page) {
    this.pane = page.getByRole('complementary', { name: /^Breaker / })
  }

  async goto(owner: string, name: string): Promise<void> {
    await this.page.goto(`/breakers?owner=${owner}&name=${name}`)
  }

  async open(owner: string, name: string): Promise<void> {
    await this.goto(owner, name)
    await expect(this.pane).toBeVisible()
  }

  tile(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  button(name: string): Locator {
    return this.pane.getByRole('button', { name, exact: true })
  }

  /** Asks for a state, with a reason. */
  async force(action: 'Force open' | 'Force closed' | 'Reset', reason: string): Promise<void> {
    await this.button(`${action}…`).click()
    const dialog = this.page.getByRole('dialog').filter({ hasText: 'Its owner' })
    await dialog.getByLabel('Reason').fill(reason)
    await dialog.getByRole('button', { name: action, exact: true }).click()
    await expect(dialog).toHaveCount(0)
  }
}
