import { expect, test } from 'vitest'
import { attentionOf, entryNamed } from '@/lib/view/attention'
import { sentenceText } from '@/lib/view/sentence'
import { coordinator, dead, moment, NOW, type Parts } from './board-builder'

const attention = (parts: Parts) => attentionOf(moment(parts))
const ids = (parts: Parts) => attention(parts).map((it) => it.id)
const at = (host: string, pid: number) => ({ process: { pid, host } })
const onHost = ['a', 'b', 'c'].map((it, pid) => dead(it, at('build-7', pid + 1)))

test('a host with all its coordinators dead is one entry', () => {
  const before = { lastBeat: NOW - 200_000 }
  expect(ids({ coordinators: [...onHost, dead('x', { ...at('build-8', 1), ...before })] })).toEqual(
    ['host-gone:build-7', 'dead:x'],
  )
  // Died an hour before, on the same host: the same cause.
  expect(ids({ coordinators: [...onHost, dead('x', { ...at('build-7', 9), ...before })] })).toEqual(
    ['host-gone:build-7'],
  )
  const [entry] = attention({ coordinators: onHost })
  expect(entry?.actions[0]).toEqual({ kind: 'escalate-all', coordinatorIds: ['a', 'b', 'c'] })
})

test('a process with all its coordinators dead is one entry, whether its host lives or not', () => {
  const all = ['a', 'b', 'c'].map((it, place) =>
    dead(it, { ...at('build-7', 4711), lastBeat: NOW - 200_000 + place * 20_000 }),
  )
  const [entry, ...rest] = attention({ coordinators: all })
  expect(rest).toEqual([])
  expect(entry).toMatchObject({
    id: 'process-gone:build-7,4711',
    status: 'dead',
    title: 'Process 4711 on build-7 is gone',
  })
  expect(entry?.actions[0]).toEqual({ kind: 'escalate-all', coordinatorIds: ['a', 'b', 'c'] })
  expect(sentenceText(entry?.sentence ?? [])).toBe(
    'All 3 coordinators of process 4711 on build-7 fell silent, the first 31 s ago: a, b and c. Nothing waits for them.',
  )
  const neighbour = coordinator('x', at('build-7', 4712))
  expect(ids({ coordinators: [...all, neighbour] })).toEqual(['process-gone:build-7,4711'])
  // The same number on another host is another process.
  const elsewhere = coordinator('y', at('build-8', 4711))
  expect(ids({ coordinators: [...all, neighbour, elsewhere] })).toEqual([
    'process-gone:build-7,4711',
  ])
  const inIt = coordinator('x', at('build-7', 4711))
  expect(ids({ coordinators: [...all, inIt] })).toEqual(['dead:a', 'dead:b', 'dead:c'])
  expect(ids({ coordinators: [...all.slice(1), neighbour] })).toEqual(['dead:b', 'dead:c'])
})

test('processes that went at one time are one entry', () => {
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((it, place) =>
    dead(it, at('build-7', place < 3 ? 1 : 2)),
  )
  const living = coordinator('x', at('build-7', 3))
  expect(attention({ coordinators: [...all, living] }).map((it) => it.title)).toEqual([
    '6 coordinators of billing died together',
  ])
})

test('a host that was taken up stays so when one process of it, or one coordinator, is left', () => {
  const all = [...onHost, ...['d', 'e', 'f'].map((it) => dead(it, at('build-7', 9)))]
  const marks = [
    { entry: 'host-gone:build-7', kind: 'acknowledged', by: 'ada', at: NOW, seq: `${NOW}-0` },
  ] as const
  const states = (coordinators: Parts['coordinators'] & object) =>
    attention({ coordinators, marks }).map((it) => [it.id, it.handling.state])
  expect(states(all)).toEqual([['host-gone:build-7', 'acknowledged']])
  expect(states(all.slice(3))).toEqual([['process-gone:build-7,9', 'acknowledged']])
  expect(states(all.slice(5))).toEqual([['dead:f', 'acknowledged']])
  const left = attention({ coordinators: all.slice(5) })
  expect(entryNamed(left, 'host-gone:build-7')?.id).toBe('dead:f')
  expect(states([dead('f', at('build-8', 9))])).toEqual([['dead:f', 'open']])
})

test('what was taken up as many who died together stays so when only those of one host are left', () => {
  const all = [...onHost, dead('d', at('build-8', 1))]
  const [entry] = attention({ coordinators: all })
  expect(entry?.kind).toBe('died-together')
  const marks = [
    { entry: entry?.id ?? '', kind: 'acknowledged', by: 'ada', at: NOW, seq: `${NOW}-0` },
  ] as const
  expect(
    attention({ coordinators: onHost, marks }).map((it) => [it.id, it.handling.state]),
  ).toEqual([['host-gone:build-7', 'acknowledged']])
})
