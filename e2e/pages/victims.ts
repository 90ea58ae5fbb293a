import { expect, type Page } from '@playwright/test'

/** Living members of the sample swarm that lead nobody, so that the others go on without them. */
export async function victims(page: Page, count: number): Promise<[string, ...string[]]> {
  const working = page.locator(
    '[data-tile*="impl"][aria-label*=", active,"], [data-tile*="impl"][aria-label*=", blocked,"]',
  )
  await expect(async () => expect(await working.count()).toBeGreaterThanOrEqual(count)).toPass()
  const ids = await working.evaluateAll((tiles) =>
    tiles.map((tile) => tile.getAttribute('data-tile') ?? ''),
  )
  const [first, ...rest] = ids.slice(0, count)
  if (first === undefined) throw new Error('no coordinator to choose')
  return [first, ...rest]
}
