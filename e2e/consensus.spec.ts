import type { Page } from '@playwright/test'
import type { Coordinator, Coordinators } from './fixtures/coordinators'
import { expect, expectAccessible, test } from './fixtures/test'

const VALIDATORS = ['jury-quality', 'jury-safety', 'jury-speed'] as const
const THRESHOLD = 0.9

/** Three validators in processes of their own, and rounds in which they vote. */
async function jury(coordinators: Pick<Coordinators, 'start'>, swarmId: string) {
  const members = await Promise.all(
    VALIDATORS.map((id) => coordinators.start(`${id}-${swarmId}`, { swarmId })),
  )
  const [lead] = members
  if (!lead) throw new Error('nobody there')
  const open = (iteration: number) =>
    lead.tell<string>({
      do: 'open-round',
      swarmId,
      validators: members.map((it) => it.id),
      iteration,
      threshold: THRESHOLD,
    })
  const vote = (round: string, confidences: readonly number[]) =>
    Promise.all(
      confidences.map((confidence, index) =>
        (members[index] as Coordinator).tell({
          do: 'vote',
          round,
          confidence,
          recommendations: ['write more tests', `remark ${index}`],
        }),
      ),
    )
  return { open, vote }
}

const column = (page: Page, iteration: number) =>
  page.getByRole('button', { name: new RegExp(`^Iteration ${iteration},`) })

test('what if: a threshold dragged or a validator left out flips decisions, and a link asks the same', async ({
  page,
  coordinators,
}) => {
  const { open, vote } = await jury(coordinators, 'court')
  const first = await open(1)
  await vote(first, [0.95, 0.9, 0.7])
  await vote(await open(2), [0.95, 0.93, 0.91])
  await page.goto('/consensus?swarm=court&loop=2')
  await expect(column(page, 1)).toHaveAccessibleName('Iteration 1, relaunch')
  await expect(column(page, 2)).toHaveAccessibleName('Iteration 2, proceed')
  const flips = page.getByRole('region', { name: 'What if' }).getByText(/flips?$/)

  await page.getByRole('slider', { name: 'Supposed threshold' }).focus()
  await page.keyboard.press('PageDown')
  await expect(page.getByText('what if 0.85')).toBeVisible()
  await expect(column(page, 1)).toHaveAccessibleName('Iteration 1, relaunch, would proceed')
  await expect(flips).toHaveText('1 decision flips')
  await expect(page).toHaveURL(/threshold=0\.85/)

  await page.getByRole('checkbox', { name: /speed/ }).check()
  await page.getByRole('slider', { name: /^Threshold/ }).press('Home')
  await page.getByRole('slider', { name: /^Threshold/ }).press('End')
  await expect(column(page, 2)).toHaveAccessibleName('Iteration 2, proceed, would relaunch')
  await expect(page).toHaveURL(/threshold=1\.00&without=jury-speed-court/)
  await expectAccessible(page)

  await page.reload()
  await expect(column(page, 2)).toHaveAccessibleName('Iteration 2, proceed, would relaunch')
  await expect(page.getByRole('checkbox', { name: /speed/ })).toBeChecked()
  await page.getByRole('button', { name: 'Back to what was' }).click()
  await expect(column(page, 2)).toHaveAccessibleName('Iteration 2, proceed')
  await expect(page).not.toHaveURL(/threshold|without/)
})

test('the rounds of a loop are walked by j and k, and a round is a link', async ({
  page,
  coordinators,
}) => {
  const { open, vote } = await jury(coordinators, 'past')
  for (const iteration of [1, 2, 3]) await vote(await open(iteration), [0.8, 0.8, 0.8])
  await page.goto('/consensus?swarm=past&loop=2')
  const shown = (iteration: number) =>
    page.getByRole('complementary', { name: `Iteration ${iteration}` })
  await expect(shown(3)).toBeVisible()
  // Faster than the page is drawn.
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await expect(shown(1)).toBeVisible()
  await expect(page).toHaveURL(/round=past%3A2%3Arun%3A1/)
  await page.keyboard.press('k')
  await expect(shown(1)).toBeVisible()
  await page.keyboard.press('j')
  await expect(shown(2)).toBeVisible()
  await page.reload()
  await expect(shown(2)).toBeVisible()
  await expect(column(page, 2)).toHaveAttribute('aria-pressed', 'true')

  // In the drawing they are one stop of the tab key, and the arrow keys choose.
  await expect(column(page, 2)).toHaveAttribute('tabindex', '0')
  await column(page, 2).focus()
  await page.keyboard.press('ArrowLeft')
  await expect(column(page, 1)).toBeFocused()
  await expect(shown(1)).toBeVisible()
  await page.keyboard.press('End')
  await expect(column(page, 3)).toBeFocused()
  await expect(column(page, 3)).toHaveAttribute('tabindex', '0')
  await expect(column(page, 1)).toHaveAttribute('tabindex', '-1')
})

test('votes come in one by one: the ring fills, recommendations are merged, the decision is said', async ({
  page,
  coordinators,
}) => {
  const { open, vote } = await jury(coordinators, 'live')
  const round = await open(1)
  await page.goto('/consensus?swarm=live&loop=2')
  const ring = (voted: number) => page.getByRole('img', { name: `${voted} of 3 have voted` })
  const votes = page.getByRole('region', { name: 'Votes' })
  await expect(ring(0)).toBeVisible()
  await vote(round, [0.95])
  await expect(ring(1)).toBeVisible()
  await expect(votes.getByText('not yet')).toHaveCount(2)
  await vote(round, [0.97])
  await expect(votes.getByText('changed 1×')).toBeVisible()
  await vote(round, [0.97, 0.95, 0.93])
  await expect(page.getByText(/Loop 2, iteration 1 .*0\.95 proceed/)).toBeVisible()
  await expect(votes.getByText('0.93')).toBeVisible()
  // Said by all three, and listed once.
  await expect(page.getByText('write more tests')).toHaveCount(1)
  await expect(page.getByText('remark 2')).toBeVisible()
})
