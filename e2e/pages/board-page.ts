import { expect, type Locator, type Page } from '@playwright/test'

/** The board, as an operator uses it. */
export class BoardPage {
  constructor(readonly page: Page) {}

  async open(): Promise<void> {
    await this.page.goto('/')
    await expect(this.page.getByRole('grid', { name: 'Coordinators' })).toBeVisible()
  }

  /** The tile of one coordinator. */
  tile(id: string): Locator {
    return this.page.locator(`[data-tile="${id}"]`)
  }

  tiles(): Locator {
    return this.page.locator('[data-tile]')
  }

  /** Says its status and what it does, as a screen reader hears it. */
  async expectStatus(id: string, status: string | RegExp, timeout = 30_000): Promise<void> {
    const word = status instanceof RegExp ? status : new RegExp(`^${id}, ${status},`)
    await expect(this.tile(id)).toHaveAttribute('aria-label', word, { timeout })
  }

  async openDrawer(id: string): Promise<DrawerPage> {
    await this.tile(id).click()
    const drawer = new DrawerPage(this.page, id)
    await expect(drawer.panel).toBeVisible()
    return drawer
  }

  attention(title: string | RegExp): Locator {
    return this.page.getByRole('article', { name: title }).first()
  }
}

/** The drawer of one coordinator. */
export class DrawerPage {
  readonly panel: Locator

  constructor(
    readonly page: Page,
    readonly id: string,
  ) {
    this.panel = page.getByRole('article', { name: `Coordinator ${id}` })
  }

  /** The process that the drawer names. */
  async pid(): Promise<number> {
    const line = this.panel.getByText(/^kill -9 \d+$/)
    await expect(line).toBeVisible()
    return Number((await line.innerText()).replace('kill -9 ', ''))
  }

  /** What stands in the menu beside the buttons. */
  async more(action: string): Promise<void> {
    await this.panel.getByRole('button', { name: 'More' }).click()
    await this.page.getByRole('menuitem', { name: action }).click()
  }

  async escalate(reason: string): Promise<void> {
    await this.panel.getByRole('button', { name: 'Escalate…' }).click()
    await fillEscalation(this.page, reason)
  }
}

/** The dialog shows what would move, asks why, and does it. */
export async function fillEscalation(page: Page, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: 'Escalate', exact: true }).click()
}
