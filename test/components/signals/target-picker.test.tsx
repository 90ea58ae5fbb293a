// @vitest-environment jsdom
import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { pageLiveClient } from '@/components/live/page-live-client'
import { TargetPicker } from '@/components/signals/target-picker'
import { viewToWire } from '@/lib/view/view'
import { coordinator, moment, NOW } from '../../lib/view/board-builder'

let chosen: readonly string[] = []

function Picker() {
  const [targets, setTargets] = useState<readonly string[]>([])
  chosen = targets
  return <TargetPicker chosen={targets} onChange={setTargets} />
}

beforeEach(async () => {
  Element.prototype.scrollIntoView = () => {}
  const { view } = moment({
    coordinators: [
      coordinator('impl-b'),
      coordinator('impl-a'),
      coordinator('lead', { swarmId: 'auth' }),
      coordinator('gone', { liveness: 'stopped' }),
      coordinator('old', { liveness: 'escalated' }),
    ],
  })
  pageLiveClient().store.onSnapshot({ seq: view.seq, serverTime: NOW, view: viewToWire(view) })
  await act(() => new Promise(requestAnimationFrame))
  render(<Picker />)
})

const box = () => screen.getByRole('searchbox', { name: 'To' })
const type = (value: string) => fireEvent.change(box(), { target: { value } })
const enter = () => fireEvent.keyDown(box(), { key: 'Enter' })
const offered = () =>
  within(screen.getByRole('list', { name: 'Coordinators to choose from' }))
    .queryAllByRole('button')
    .map((it) => it.textContent)

test('offers who can get a signal, by name, without those who have ended', () => {
  expect(offered().map((it) => it?.replace(/billing|auth/, ''))).toEqual([
    'impl-a',
    'impl-b',
    'lead',
  ])
})

test('enter takes the first match, which is not offered again', () => {
  type('impl')
  enter()
  expect(chosen).toEqual(['impl-a'])
  expect((box() as HTMLInputElement).value).toBe('')
  expect(offered()).toHaveLength(2)
})

test('a filter chooses all that pass', () => {
  type('swarm:billing')
  fireEvent.click(screen.getByRole('button', { name: 'Choose all 2 matches' }))
  expect(chosen).toEqual(['impl-a', 'impl-b'])
})

test('a filter that is wrong says why, and offers nobody', () => {
  type('colour:red')
  expect(screen.getByRole('alert').textContent).toContain('does not know “colour:”')
  expect(offered()).toEqual([])
  enter()
  expect(chosen).toEqual([])
})

test('a name that nobody on the board has is not offered: the server would refuse it', () => {
  type('newcomer-1')
  expect(offered()).toEqual([])
  enter()
  expect(chosen).toEqual([])
  expect(screen.getByText('Nobody else to choose.')).toBeTruthy()
})

test('one who is chosen can be left out again', () => {
  type('lead')
  enter()
  fireEvent.click(screen.getByRole('button', { name: 'Leave out lead' }))
  expect(chosen).toEqual([])
})

test('the focus goes on to the neighbour of what was pressed, which leaves its list', () => {
  const press = (name: string | RegExp) => {
    const button = screen.getByRole('button', { name })
    button.focus()
    fireEvent.click(button)
  }
  press(/impl-a/)
  expect(document.activeElement?.textContent).toContain('impl-b')
  press(/^(?!Leave).*impl-b/)
  press(/^Leave out impl-a/)
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Leave out impl-b')
  press(/^Leave out impl-b/)
  expect(document.activeElement).toBe(box())
})

test('the matches are one stop of the tab key, and so are the chosen: arrow keys go through them', () => {
  const stops = (name: string) =>
    within(screen.getByRole('list', { name }))
      .getAllByRole('button')
      .filter((it) => it.tabIndex === 0)
      .map((it) => it.getAttribute('aria-label') ?? it.querySelector('.mono')?.textContent)
  const key = (name: string) => fireEvent.keyDown(document.activeElement ?? box(), { key: name })
  const focused = () => document.activeElement?.textContent ?? ''
  expect(stops('Coordinators to choose from')).toHaveLength(1)
  box().focus()
  key('ArrowDown')
  expect(focused()).toContain('impl-a')
  key('ArrowDown')
  expect(focused()).toContain('impl-b')
  expect(stops('Coordinators to choose from')).toHaveLength(1)
  key('End')
  expect(focused()).toContain('lead')

  fireEvent.click(screen.getByRole('button', { name: 'Choose all 3 matches' }))
  expect(stops('Chosen')).toEqual(['Leave out impl-a'])
  screen.getByRole('button', { name: 'Leave out impl-a' }).focus()
  key('ArrowRight')
  key('ArrowRight')
  key('ArrowLeft')
  expect(stops('Chosen')).toEqual(['Leave out impl-b'])
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Leave out impl-b')
})
