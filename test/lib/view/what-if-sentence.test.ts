import { expect, test } from 'vitest'
import { sentenceText } from '@/lib/view/sentence'
import { neededOf } from '@/lib/view/what-if'
import { answerWhatIf, neededSentence } from '@/lib/view/what-if-sentence'
import { decided, round } from './board-builder'

const rounds = [
  decided(round(2, 1, { rev: 0.82, sec: 0.79, perf: 0.7 }), 'relaunch'),
  decided(round(2, 2, { rev: 0.91, sec: 0.9, perf: 0.8 }), 'relaunch'),
  round(2, 3, { rev: 0.92, sec: 0.94, perf: null }),
]
const said = (what: Parameters<typeof answerWhatIf>[1]) => {
  const { flips, sentence } = answerWhatIf(rounds, what)
  return [flips, sentenceText(sentence)]
}

test('a lower threshold tells what it would have changed, and who had decided it', () => {
  expect(said({ threshold: 0.86 })).toEqual([
    1,
    'At 0.86 instead of 0.90, iteration 2 would have proceeded: its average was 0.87. perf decided it.',
  ])
  expect(said({ threshold: 0.7 })).toEqual([
    2,
    'At 0.70 instead of 0.90, 2 decisions would have been others: iterations 1, 2.',
  ])
  expect(said({ threshold: 0.89 })).toEqual([
    0,
    'At 0.89 instead of 0.90, every decision stays as it is.',
  ])
})

test('an iteration that several runs have is named once', () => {
  const of = (run: string) => ({ ...decided(round(2, 3, { rev: 0.87 }), 'relaunch'), key: run })
  expect(sentenceText(answerWhatIf([of('a'), of('b')], { threshold: 0.86 }).sentence)).toBe(
    'At 0.86 instead of 0.90, 2 decisions would have been others: iteration 3.',
  )
})

test('so does a validator that is left out', () => {
  expect(said({ without: new Set(['perf']) })).toEqual([
    1,
    'Without perf, iteration 2 would have proceeded: its average was 0.91. perf decided it.',
  ])
})

test('without a question it says how to ask', () => {
  expect(said({})[1]).toMatch(/^Drag the threshold/)
  expect(said({ threshold: 0.9 })[1]).toMatch(/^Drag the threshold/)
})

test('what is needed is rounded so that it suffices', () => {
  const needed = (votes: Record<string, number | null>) => {
    const found = neededOf(round(2, 1, votes))
    return found && sentenceText(neededSentence(found))
  }
  expect(needed({ a: 0.92, b: 0.94, c: null })).toBe('Needs at least 0.84 from c to proceed.')
  expect(needed({ a: 0.921, b: 0.94, c: null })).toBe('Needs at least 0.84 from c to proceed.')
  expect(needed({ a: 0.9, b: null, c: null })).toBe(
    'Needs at least 0.90 on average from b and c to proceed.',
  )
  expect(needed({ a: 0.5, b: null })).toBe('Cannot proceed any more, whatever b gives.')
})
