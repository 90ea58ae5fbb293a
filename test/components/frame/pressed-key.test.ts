import { expect, it } from 'vitest'
import { pressedKey } from '@/components/frame/pressed-key'

const pressed = (key: string, code: string, shiftKey = false) => pressedKey({ key, code, shiftKey })

it('a key means the same with the caps lock, and another one with shift', () => {
  expect(pressed('J', 'KeyJ')).toBe('j')
  expect(pressed('J', 'KeyJ', true)).toBe('J')
  expect(pressed('Escape', 'Escape')).toBe('Escape')
})

it('where letters are not Latin, the place of the key tells', () => {
  expect(pressed('о', 'KeyJ')).toBe('j')
  expect(pressed('ι', 'KeyI')).toBe('i')
  expect(pressed('ъ', 'BracketRight')).toBe('ъ')
})

it('a Latin letter counts as what it is, wherever it stands, and so does a sign', () => {
  expect(pressed('z', 'KeyY')).toBe('z')
  expect(pressed('?', 'Minus', true)).toBe('?')
  expect(pressed('/', 'Digit7', true)).toBe('/')
})
