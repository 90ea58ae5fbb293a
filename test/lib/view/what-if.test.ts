import { describe, expect, test } from 'vitest'
import { neededOf, suppose } from '@/lib/view/what-if'
import { decided, round } from './board-builder'

describe('what if', () => {
  const second = decided(round(2, 2, { rev: 0.91, sec: 0.9, perf: 0.8 }), 'relaunch')

  test('another threshold flips a decision, and names the vote that made it', () => {
    expect(suppose(second, {})).toMatchObject({
      was: 'relaunch',
      would: 'relaunch',
      flips: false,
      decisive: ['perf'],
    })
    expect(suppose(second, { threshold: 0.86 })).toMatchObject({ would: 'proceed', flips: true })
    expect(suppose(second, { threshold: 0.87 })).toMatchObject({ would: 'proceed', flips: true })
    expect(suppose(second, { threshold: 0.871 })).toMatchObject({ would: 'relaunch', flips: false })
  })

  test('a validator left out flips a decision', () => {
    const without = suppose(second, { without: new Set(['perf']) })
    expect(without).toMatchObject({ would: 'proceed', flips: true })
    expect(without.average).toBeCloseTo(0.905)
  })

  test('one that had given up stays given up when it still does not reach', () => {
    const last = decided(round(2, 10, { a: 0.5, b: 0.6 }), 'exhausted')
    expect(suppose(last, { threshold: 0.8 })).toMatchObject({ would: 'exhausted', flips: false })
    expect(suppose(last, { threshold: 0.5 })).toMatchObject({ would: 'proceed', flips: true })
  })

  test('every single vote counts at Loop 3', () => {
    const work = decided(round(3, 1, { a: 0.8, b: 0.7 }), 'relaunch')
    expect(suppose(work, { threshold: 0.7 })).toMatchObject({ would: 'proceed', flips: true })
    expect(suppose(work, { without: new Set(['b']) })).toMatchObject({ flips: true })
    expect(suppose(work, {})).toMatchObject({ decisive: ['b'], min: 0.7 })
  })

  test('an owner’s word does not flip by votes', () => {
    expect(suppose(decided(round(4, 1, { a: 0.2 }), 'proceed'), { threshold: 1 })).toMatchObject({
      would: undefined,
      flips: false,
    })
  })

  test('says nothing without a vote, or without the quorum', () => {
    expect(suppose(round(2, 1, { a: null, b: null }), {}).would).toBeUndefined()
    expect(suppose(round(2, 1, { a: 0.99, b: null }), {}).would).toBeUndefined()
  })
})

describe('what the missing must give', () => {
  test('is the least that lifts the average to the threshold', () => {
    expect(neededOf(round(2, 3, { rev: 0.92, sec: 0.94, perf: null }))).toEqual({
      kind: 'at-least',
      confidence: 0.84,
      missing: ['perf'],
    })
  })

  test('follows the supposed threshold', () => {
    expect(
      neededOf(round(2, 3, { rev: 0.92, sec: 0.94, perf: null }), { threshold: 0.86 }),
    ).toMatchObject({ confidence: 0.72 })
  })

  test('exactly that much does reach it', () => {
    const needed = neededOf(round(2, 1, { a: 0.853001, b: null, c: null }))
    if (needed?.kind !== 'at-least') throw new Error('expected a figure')
    const given = { a: 0.853001, b: needed.confidence, c: needed.confidence }
    expect(suppose(round(2, 1, given), {}).reaches).toBe(true)
    const less = needed.confidence - 0.000001
    expect(suppose(round(2, 1, { ...given, b: less, c: less }), {}).reaches).toBe(false)
  })

  test('can be out of reach, or nothing', () => {
    expect(neededOf(round(2, 1, { a: 0.5, b: null }))).toMatchObject({ kind: 'impossible' })
    expect(neededOf(round(2, 1, { a: 1, b: null }), { threshold: 0.5 })).toMatchObject({
      kind: 'nothing',
    })
    expect(neededOf(round(3, 1, { a: 0.5, b: null }))).toMatchObject({ kind: 'impossible' })
    expect(neededOf(round(3, 1, { a: 0.8, b: null }))).toMatchObject({ confidence: 0.75 })
  })

  test('is no question when all have voted, or votes do not decide', () => {
    expect(neededOf(round(2, 1, { a: 0.5 }))).toBeUndefined()
    expect(neededOf(round(4, 1, { a: null }))).toBeUndefined()
  })
})
