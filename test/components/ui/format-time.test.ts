import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const AT = Date.UTC(2026, 10, 23, 14, 7, 32, 902)
const zone = process.env.TZ

/** Formats are made once a page, in the zone of its reader. */
async function readIn(timeZone: string) {
  process.env.TZ = timeZone
  return import('@/components/ui/format-time')
}
beforeEach(() => vi.resetModules())
afterEach(() => {
  if (zone === undefined) delete process.env.TZ
  else process.env.TZ = zone
})

test('a moment is said in UTC, and where the reader is', async () => {
  const { exactBoth, exactTitle } = await readIn('Europe/Berlin')
  const both = ['2026-11-23 14:07:32.902 UTC', '2026-11-23 15:07:32.902 Europe/Berlin']
  expect(exactBoth(AT)).toEqual(both)
  expect(exactTitle(AT)).toBe(both.join('\n'))
})

test('to a reader whose clock shows UTC it is said once', async () => {
  const { exactBoth } = await readIn('UTC')
  expect(exactBoth(AT)).toEqual(['2026-11-23 14:07:32.902 UTC'])
})
