import { describe, expect, test } from 'vitest'
import type { ConsensusView } from '@/lib/protocol/consensus'
import { type Track, tracksOf } from '@/lib/view/track'
import { coordinator, decided, moment, NOW, round } from './board-builder'

function track(consensus: ConsensusView[], coordinators = [coordinator('a')]): Track {
  const tracks = tracksOf(moment({ consensus, coordinators }).view)
  return tracks.get('billing') ?? expect.fail('no track')
}
const states = (it: Track) => it.stations.map((station) => station.state).join(' ')
const now = (it: Track) => it.stations.find((station) => station.state === 'now')

describe('the track of a swarm', () => {
  test('has nothing lit before anything happened', () => {
    expect(states(track([]))).toBe('ahead ahead ahead')
    expect(tracksOf(moment({}).view).size).toBe(0)
  })

  test('follows the phase until the first votes', () => {
    const working = coordinator('a', { phase: 'loop-3-implementation', iteration: 2 })
    const found = track([], [working])
    expect(states(found)).toBe('now ahead ahead')
    expect(now(found)).toMatchObject({ iteration: 2 })
    expect(now(found)?.figure).toBeUndefined()
  })

  test('counts self-confidences at Loop 3', () => {
    const found = track([round(3, 3, { a: 0.8, b: 0.75, c: 0.7, d: null })])
    expect(states(found)).toBe('now ahead ahead')
    expect(now(found)).toMatchObject({
      iteration: 3,
      figure: { text: '2 of 4 ≥ 0.75', tone: 'low' },
      key: 'billing:3:run:3',
    })
  })

  test('stands at Loop 2 once Loop 3 proceeds, and shows the average', () => {
    const loop3 = decided(round(3, 1, { a: 0.8 }), 'proceed')
    expect(states(track([loop3]))).toBe('done now ahead')
    const voting = round(2, 1, { a: 0.92, b: 0.94, c: null })
    const found = track([loop3, { ...voting, openedAt: NOW - 1_000 }])
    expect(states(found)).toBe('done now ahead')
    expect(now(found)?.figure).toEqual({ text: '0.93 of 0.90', tone: 'ok' })
  })

  test('says how many have voted while nobody has', () => {
    expect(now(track([round(3, 1, { a: null, b: null })]))?.figure).toEqual({
      text: '0 of 2 ≥ 0.75',
      tone: 'plain',
    })
    expect(now(track([round(2, 1, { a: null, b: null })]))?.figure).toEqual({
      text: '0 of 2 votes',
      tone: 'plain',
    })
  })

  test('compares in integers: 0.85, 0.95 and 0.90 do reach 0.90', () => {
    expect(now(track([round(2, 1, { a: 0.85, b: 0.95, c: 0.9 })]))?.figure).toEqual({
      text: '0.90 of 0.90',
      tone: 'ok',
    })
  })

  test('shows more digits where two would tell a lie', () => {
    expect(now(track([round(2, 1, { a: 0.899, b: 0.899 })]))?.figure).toEqual({
      text: '0.899 of 0.90',
      tone: 'low',
    })
  })

  test('goes back to Loop 3 of the next iteration after a relaunch', () => {
    const found = track([decided(round(2, 2, { a: 0.8, b: 0.7 }), 'relaunch')])
    expect(states(found)).toBe('now ahead ahead')
    expect(now(found)).toMatchObject({ loop: 3, iteration: 3 })
  })

  test('waits at Loop 4 for its owner, then shows the decision', () => {
    const loop2 = decided(round(2, 1, { a: 0.95, b: 0.95 }), 'proceed')
    expect(states(track([loop2]))).toBe('done done now')
    const asked = round(4, 1, {}, { openedAt: NOW - 2_000 })
    expect(now(track([loop2, asked]))?.figure).toEqual({
      text: 'waits for its owner',
      tone: 'plain',
    })
    expect(now(track([loop2, decided(asked, 'defer')]))?.figure).toEqual({
      text: 'defer',
      tone: 'low',
    })
  })

  test('starts again when work begins after the decision', () => {
    const asked = decided(round(4, 1, {}), 'proceed', NOW - 5_000)
    const at = (time: number) =>
      coordinator('a', {
        phase: 'loop-3-implementation',
        lastAction: { what: 'phase', at: time },
      })
    expect(states(track([asked], [at(NOW - 6_000)]))).toBe('done done now')
    expect(states(track([asked], [at(NOW - 4_000)]))).toBe('now ahead ahead')
  })

  test('stays at Loop 2 when it gave up', () => {
    const found = track([decided(round(2, 10, { a: 0.5, b: 0.5 }), 'exhausted')])
    expect(states(found)).toBe('done now ahead')
    expect(now(found)?.figure).toEqual({ text: 'exhausted', tone: 'bad' })
  })

  test('keeps swarms apart', () => {
    const tracks = tracksOf(
      moment({
        coordinators: [coordinator('a'), coordinator('b', { swarmId: 'auth' })],
        consensus: [round(2, 1, { b: 0.95, c: 0.95 }, { swarmId: 'auth' })],
      }).view,
    )
    expect([...tracks.keys()].sort()).toEqual(['auth', 'billing'])
    expect(tracks.get('billing')?.stations[1].state).toBe('ahead')
    expect(tracks.get('auth')?.stations[1].state).toBe('now')
  })
})
