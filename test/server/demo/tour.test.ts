import { describe, expect, test } from 'vitest'
import { LENSES, ownConfidence, PLACES, review } from '@/server/demo/swarm/review'
import { SAMPLE_SWARMS } from '@/server/demo/swarm/seats'
import {
  crossingsOf,
  exchangesIn,
  firstTour,
  improve,
  isTour,
  lengthOf,
  placesOf,
} from '@/server/demo/swarm/tour'

const tasks = Array.from({ length: 20 }, (_, i) => `run-${i} atlas-impl-${(i % 4) + 1}`)

describe('what a sample swarm works on', () => {
  test('is the same map for everybody who knows its name, and another for another', () => {
    expect(placesOf('a', 5)).toEqual(placesOf('a', 5))
    expect(placesOf('a', 5)).not.toEqual(placesOf('b', 5))
  })

  test('gets better with each iteration, never worse', () => {
    for (const task of tasks) {
      const places = placesOf(task, PLACES)
      let tour = firstTour(task, PLACES)
      for (let iteration = 1; iteration <= 10; iteration++) {
        const next = improve(places, tour, exchangesIn(task, iteration))
        expect(isTour(next, PLACES)).toBe(true)
        expect(lengthOf(places, next)).toBeLessThanOrEqual(lengthOf(places, tour))
        expect(ownConfidence(task, next)).toBeGreaterThanOrEqual(ownConfidence(task, tour))
        tour = next
      }
      expect(crossingsOf(places, tour)).toBe(0)
    }
  })

  test('reaches agreement after some relaunches, within the iterations that a run has', () => {
    for (let run = 0; run < tasks.length; run += 4) {
      const crew = tasks.slice(run, run + 4)
      let deliveries = crew.map((task) => ({
        by: task,
        task,
        tour: firstTour(task, PLACES) as readonly number[],
      }))
      const averages: number[] = []
      for (let iteration = 1; iteration <= 10; iteration++) {
        deliveries = deliveries.map((it) => ({
          ...it,
          tour: improve(placesOf(it.task, PLACES), it.tour, exchangesIn(it.task, iteration)),
        }))
        const votes = LENSES.map((lens) => review(lens, deliveries).confidence)
        averages.push(votes.reduce((sum, it) => sum + it, 0) / votes.length)
      }
      expect(averages[0]).toBeLessThan(0.9)
      expect(averages.some((it) => it >= 0.9)).toBe(true)
    }
  })

  test('is told off where it is bad, with what would help', () => {
    const task = tasks[0] ?? ''
    const [length, crossings] = LENSES.slice(0, 2).map((lens) =>
      review(lens, [{ by: 'a', task, tour: firstTour(task, PLACES) }]),
    )
    expect(length?.issues[0]).toMatch(/^The tour of a is \d+ % longer/)
    expect(crossings?.issues[0]).toMatch(/crosses itself \d+ times/)
    expect(crossings?.recommendations).toEqual(['Untangle crossing legs first'])
  })
})

test('the sample has at least eight processes, a parent and three validators in the first swarm', () => {
  const roles = SAMPLE_SWARMS[0]?.seats.map((seat) => seat.role) ?? []
  expect(roles.length).toBeGreaterThanOrEqual(8)
  expect(roles.filter((role) => role === 'lead')).toHaveLength(1)
  expect(roles.filter((role) => role === 'validator')).toHaveLength(3)
})
