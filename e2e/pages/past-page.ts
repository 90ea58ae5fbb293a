import { expect, type Locator, type Page } from '@playwright/test'

/** The past, as an operator uses it: whatever room is below it. */
export class PastPage {
  readonly strip: Locator
  readonly slider: Locator

  constructor(readonly page: Page) {
    this.strip = page.getByRole('region', { name: 'The past' })
    this.slider = page.getByRole('slider', { name: 'Moment shown' })
  }

  /** Drags the time line to a time, ms. */
  async dragTo(at: number): Promise<void> {
    // Until it has been read, the line has no length.
    await expect(async () => expect((await this.ends()).length).toBeGreaterThan(1_000)).toPass()
    const { from, length } = await this.ends()
    const box = await this.slider.boundingBox()
    if (!box) throw new Error('no time line')
    const y = box.y + box.height / 2
    await this.page.mouse.move(box.x + box.width - 2, y)
    await this.page.mouse.down()
    await this.page.mouse.move(box.x + box.width * 0.7, y, { steps: 5 })
    await this.page.mouse.move(box.x + (box.width * (at - from)) / length, y, { steps: 5 })
    await this.page.mouse.up()
  }

  private async ends(): Promise<{ from: number; length: number }> {
    const [from, to] = await Promise.all(
      ['aria-valuemin', 'aria-valuemax'].map(async (it) =>
        Number(await this.slider.getAttribute(it)),
      ),
    )
    return { from: from ?? 0, length: (to ?? 0) - (from ?? 0) }
  }
}
