// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { type ShortcutAction, useShortcut } from '@/components/frame/shortcuts'
import { setSingleKeys } from '@/components/frame/single-keys'
import { useKeyboard } from '@/components/frame/use-keyboard'

let done: ShortcutAction[] = []

function Page() {
  useKeyboard()
  useShortcut('theme', () => done.push('theme'))
  useShortcut('next', () => done.push('next'))
  useShortcut('palette', () => done.push('palette'))
  return (
    <button type="button" role="combobox" aria-expanded={false} aria-controls="none">
      pick
    </button>
  )
}

afterEach(() => {
  done = []
  setSingleKeys(true)
})

test('a key that is held goes on moving, and changes the colours once', () => {
  render(<Page />)
  for (const repeat of [false, true, true]) {
    fireEvent.keyDown(document.body, { key: 'd', repeat })
    fireEvent.keyDown(document.body, { key: 'j', repeat })
  }
  expect(done).toEqual(['theme', 'next', 'next', 'next'])
})

test('a closed list with the focus keeps its letters', () => {
  render(<Page />)
  fireEvent.keyDown(screen.getByRole('combobox'), { key: 'd' })
  expect(done).toEqual([])
})

test('letters are as good as typed for who turned them off, and stay so', () => {
  render(<Page />)
  setSingleKeys(false)
  fireEvent.keyDown(document.body, { key: 'd' })
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  expect(done).toEqual(['palette'])
  expect(localStorage.getItem('signalbox.keys')).toBe('off')
})

test('the palette opens on another layout, and leaves a browser’s own key alone', () => {
  render(<Page />)
  fireEvent.keyDown(document.body, { key: 'л', code: 'KeyK', ctrlKey: true })
  fireEvent.keyDown(document.body, { key: 'K', code: 'KeyK', ctrlKey: true, shiftKey: true })
  expect(done).toEqual(['palette'])
})
