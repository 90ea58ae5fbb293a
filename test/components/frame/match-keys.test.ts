import { describe, expect, it } from 'vitest'
import { keyBindings } from '@/components/frame/key-bindings'
import { type KeyPress, matchKeys } from '@/components/frame/match-keys'

const press = (key: string, rest: Partial<KeyPress> = {}): KeyPress => ({
  key,
  mod: false,
  alt: false,
  busy: false,
  quiet: false,
  ...rest,
})
const action = (...keys: string[]) => {
  let pending: readonly string[] = []
  let found: string | undefined
  for (const key of keys) {
    const match = matchKeys(press(key), pending)
    pending = match.pending
    found = match.binding?.action
  }
  return found
}

describe('the keyboard', () => {
  it('finds single keys and sequences in the one table', () => {
    expect(action('j')).toBe('next')
    expect(action('?')).toBe('help')
    expect(action('g', 's')).toBe('go:signals')
    expect(action('s')).toBe('send')
  })

  it('takes a key by itself when it does not go on with a sequence', () => {
    expect(action('g', 'j')).toBe('next')
    expect(action('g', 'g', 'l')).toBe('go:log')
  })

  it('leaves typing, and what browsers and systems want, alone', () => {
    expect(matchKeys(press('j', { busy: true }), []).binding).toBeUndefined()
    expect(matchKeys(press('s', { mod: true }), []).binding).toBeUndefined()
    expect(matchKeys(press('e', { alt: true }), []).binding).toBeUndefined()
  })

  it('opens the palette also while typing', () => {
    expect(matchKeys(press('k', { mod: true, busy: true }), []).binding?.action).toBe('palette')
  })

  it('lets no letter act by itself for who turned that off, but what closes and the palette', () => {
    const quiet = (key: string, rest: Partial<KeyPress> = {}, pending: readonly string[] = []) =>
      matchKeys(press(key, { quiet: true, ...rest }), pending)
    expect(quiet('e').binding).toBeUndefined()
    expect(quiet('?').binding).toBeUndefined()
    expect(quiet('g').pending).toEqual([])
    expect(quiet('b', {}, ['g']).binding).toBeUndefined()
    expect(quiet('Escape').binding?.action).toBe('close')
    expect(quiet('k', { mod: true }).binding?.action).toBe('palette')
  })

  it('has no two bindings on the same keys', () => {
    const all = keyBindings.map((it) => it.keys.join(' '))
    expect(new Set(all).size).toBe(all.length)
  })
})
