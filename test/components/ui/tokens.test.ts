import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { contrast, contrastUnder, mix, type Oklch, parseFilter, parseOklch } from './oklch'

const css = readFileSync(
  path.resolve(import.meta.dirname, '../../../app/styles/tokens.css'),
  'utf8',
)

/** What stands in one theme, by name without dashes in front. */
function valuesOf(theme: 'dark' | 'light'): Map<string, string> {
  const start = css.indexOf(`[data-theme="${theme}"] {`)
  const block = css.slice(start, css.indexOf('}', start))
  return new Map(
    [...block.matchAll(/--([\w-]+): ([^;]+);/g)].map(([, name, value]) => [
      name ?? '',
      value ?? '',
    ]),
  )
}

const GROUNDS = ['bg', 'panel', 'raise', 'soft']
const WORDS = ['ink', 'mute', 'faint']
const STATES = ['active', 'blocked', 'stale', 'dead', 'escalated', 'off']

describe.each(['dark', 'light'] as const)('the %s theme', (theme) => {
  const values = valuesOf(theme)
  const of = (name: string): Oklch => {
    const found = parseOklch(values.get(name) ?? '')
    if (!found) throw new Error(`no colour --${name} in the ${theme} theme`)
    return found
  }

  it.each(WORDS.flatMap((word) => GROUNDS.map((ground) => [word, ground] as const)))(
    'words in --%s can be read on --%s',
    (word, ground) => {
      expect(contrast(of(word), of(ground))).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each(STATES)('the ink of %s can be read on every ground and on its own tint', (state) => {
    const ink = of(`${state}-ink`)
    for (const ground of GROUNDS)
      expect(contrast(ink, of(ground)), ground).toBeGreaterThanOrEqual(4.5)
    for (const ground of ['bg', 'panel', 'raise'])
      expect(
        contrast(ink, mix(of(state), of(ground), 0.14)),
        `tint on ${ground}`,
      ).toBeGreaterThanOrEqual(4.5)
  })

  it.each(STATES)('the lamp of %s stands out from the ground', (state) => {
    for (const ground of ['bg', 'panel', 'raise'])
      expect(contrast(of(state), of(ground)), ground).toBeGreaterThanOrEqual(3)
  })

  it('what is filled in or ticked is seen while it is empty', () => {
    for (const ground of ['bg', 'panel', 'raise'])
      expect(contrast(of('rim'), of(ground)), ground).toBeGreaterThanOrEqual(3)
  })

  it('the focus stands out from the ground', () => {
    for (const ground of GROUNDS)
      expect(contrast(of('ivory'), of(ground)), ground).toBeGreaterThanOrEqual(3)
  })

  it('a board that is dimmed for being old can still be read', () => {
    const dim = parseFilter(values.get('dim') ?? '')
    if (dim === undefined) throw new Error(`no filter --dim that is known in the ${theme} theme`)
    const inks = STATES.map((it) => `${it}-ink`)
    for (const word of [...WORDS, ...inks])
      for (const ground of GROUNDS)
        expect(
          contrastUnder(dim, of(word), of(ground)),
          `${word} on ${ground}`,
        ).toBeGreaterThanOrEqual(4.5)
  })

  it('what stands on a filled button can be read', () => {
    expect(contrast(of('on-ivory'), of('ivory'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(of('on-dead'), of('dead'))).toBeGreaterThanOrEqual(4.5)
  })
})
