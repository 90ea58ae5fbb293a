import { describe, expect, test } from 'vitest'
import { matchesFilter, parseFilter, quoteFilterValue } from '@/lib/view/filter'
import { statusOf } from '@/lib/view/status'
import { coordinator, wait } from './board-builder'

const all = [
  coordinator('lead-auth', { swarmId: 'auth', waits: [wait(['x'])], label: 'sample' }),
  coordinator('impl-auth-01', { swarmId: 'auth', phase: 'loop-3-implementation' }),
  coordinator('impl-billing-01', { phase: 'loop-3 writing tests', liveness: 'stale' }),
  coordinator('validator-perf', { phase: 'loop-2-validation', liveness: 'dead' }),
]

function found(input: string): string[] {
  const parsed = parseFilter(input)
  if (!parsed.ok) throw new Error(parsed.error)
  return all
    .filter((it) => matchesFilter(parsed.filter, it, statusOf(it, { can: true })))
    .map((it) => it.id)
}

describe('the filter box', () => {
  test('empty shows everybody', () => {
    expect(found('  ')).toHaveLength(4)
  })

  test('words narrow', () => {
    expect(found('swarm:auth')).toEqual(['lead-auth', 'impl-auth-01'])
    expect(found('swarm:AUTH status:blocked')).toEqual(['lead-auth'])
    expect(found('loop:3 swarm:billing')).toEqual(['impl-billing-01'])
    expect(found('label:sample')).toEqual(['lead-auth'])
    expect(found('label:none loop:2')).toEqual(['validator-perf'])
  })

  test('commas and repeated words widen', () => {
    expect(found('status:dead,stale')).toEqual(['impl-billing-01', 'validator-perf'])
    expect(found('status:dead status:stale')).toEqual(['impl-billing-01', 'validator-perf'])
  })

  test('a minus turns a term round', () => {
    expect(found('-swarm:auth')).toEqual(['impl-billing-01', 'validator-perf'])
    expect(found('impl -billing')).toEqual(['impl-auth-01'])
  })

  test('quotes hold spaces', () => {
    expect(found('phase:"writing tests"')).toEqual(['impl-billing-01'])
    expect(found(`phase:${quoteFilterValue('writing tests')}`)).toEqual(['impl-billing-01'])
    expect(quoteFilterValue('plain')).toBe('plain')
  })

  test('free text is part of an id, and all of it must be', () => {
    expect(found('impl 01')).toEqual(['impl-auth-01', 'impl-billing-01'])
    expect(found('PERF')).toEqual(['validator-perf'])
  })

  test('a word without a value narrows nothing: somebody is still typing', () => {
    expect(found('status:')).toHaveLength(4)
  })

  test('an unknown word is an error that names the known ones, and where it stands', () => {
    expect(parseFilter('swarm:auth colour:red')).toEqual({
      ok: false,
      error: 'The filter does not know “colour:”. It knows swarm, status, phase, loop and label.',
      at: 11,
      length: 10,
    })
    expect(parseFilter('constructor:x')).toMatchObject({ ok: false })
  })

  test('a status that does not exist is an error', () => {
    expect(parseFilter('status:ded')).toMatchObject({
      ok: false,
      error: expect.stringContaining('“ded” is no status. It can be starting, active'),
    })
    expect(parseFilter('loop:three')).toMatchObject({ ok: false })
    expect(parseFilter('label:demo')).toMatchObject({ ok: false })
  })

  test('an open quote is an error', () => {
    expect(parseFilter('phase:"loop 3')).toMatchObject({ ok: false, at: 0 })
  })
})
