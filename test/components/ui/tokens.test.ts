import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { contrast, mix, type Oklch, parseOklch } from './oklch'

const css = readFileSync(
  path.resolve(import.meta.dirname, '../../../app/styles/tokens.css'),
  'utf8',
)

/** The colours of one theme, by name without dashes in front. */
function tokensOf(theme: 'dark' | 'light'): Map<string, Oklch> {
  const start = css.indexOf(`[data-theme="${theme}"] {`)
  const block = css.slice(start, css.indexOf('}', start))
  const tokens = new Map<string, Oklch>()
  for (const [, name, value] of block.matchAll(/--([\w-]+): ([^;]+);/g)) {
    const colour = parseOklch(value ?? '')
    if (name && colour) tokens.set(name, colour)
  }
  return tokens
}

const GROUNDS = ['bg', 'panel', 'raise', 'soft']
const WORDS = ['ink', 'mute', 'faint']
const STATES = ['active', 'blocked', 'stale', 'dead', 'escalated', 'off']

describe.each(['dark', 'light'] as const)('the %s theme', (theme) => {
  const tokens = tokensOf(theme)
  const of = (name: string): Oklch => {
    const found = tokens.get(name)
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

  it('what stands on a filled button can be read', () => {
    expect(contrast(of('on-ivory'), of('ivory'))).toBeGreaterThanOrEqual(4.5)
    expect(contrast(of('on-dead'), of('dead'))).toBeGreaterThanOrEqual(4.5)
  })
})
