import { expect, type Locator, type Page } from '@playwright/test'

/** The signals room and the desk at which one is written. */
export class SignalsPage {
  constructor(readonly page: Page) {}

  async compose(targets: readonly string[]): Promise<void> {
    await this.page.goto(`/signals?compose=1&to=${targets.join(',')}`)
    await expect(this.page.getByRole('heading', { name: 'Send a signal' })).toBeVisible()
    for (const id of targets)
      await expect(this.page.getByRole('button', { name: `Leave out ${id}` })).toBeVisible()
  }

  async writePayload(text: string): Promise<void> {
    await this.page.getByLabel(/^Payload/).fill(text)
  }

  sendButton(): Locator {
    return this.page.getByRole('button', { name: /^Send/ }).last()
  }

  /** One line per target, in the order of sending. */
  acks(): Locator {
    return this.page.getByRole('region', { name: 'ACKs' }).getByRole('listitem')
  }
}
