import { describe, expect, it } from 'vitest'
import {
  fitsLog,
  logFilterOf,
  logFilterWords,
  logQuery,
  withLogFilter,
} from '@/components/log/log-filter'
import { phaseChanged } from '../live/frames'

const event = phaseChanged(1, 'impl-1', 'loop-3-Tokens')
const filter = (changes: Partial<ReturnType<typeof logFilterOf>>) => ({
  type: '',
  coordinator: '',
  actor: '',
  text: '',
  ...changes,
})

describe('the filter of the log', () => {
  it('stands in the address and comes back from it', () => {
    const wanted = filter({
      type: 'signal.acked',
      coordinator: 'impl-1',
      actor: 'operator',
      text: 'a b',
    })
    expect(logFilterOf(withLogFilter(new URLSearchParams(), wanted))).toEqual(wanted)
    expect(withLogFilter(new URLSearchParams('coordinator=x'), filter({})).toString()).toBe(
      'coordinator=x',
    )
  })

  it('takes a type that does not exist for none', () => {
    expect(logFilterOf(new URLSearchParams('type=colour')).type).toBe('')
  })

  it('lets live events through as the API lets stored ones', () => {
    expect(fitsLog(event, filter({}))).toBe(true)
    expect(fitsLog(event, filter({ type: 'coordinator' }))).toBe(true)
    expect(fitsLog(event, filter({ type: 'signal' }))).toBe(false)
    expect(fitsLog(event, filter({ coordinator: 'impl-1' }))).toBe(true)
    expect(fitsLog(event, filter({ coordinator: 'impl-2' }))).toBe(false)
    expect(fitsLog(event, filter({ actor: 'coordinator' }))).toBe(true)
    expect(fitsLog(event, filter({ actor: event.actor }))).toBe(true)
    expect(fitsLog(event, filter({ actor: 'operator' }))).toBe(false)
    expect(fitsLog({ ...event, actor: 'operator:ada' }, filter({ actor: 'operator' }))).toBe(true)
    expect(fitsLog({ ...event, actor: 'system' }, filter({ actor: 'system' }))).toBe(true)
    expect(fitsLog({ ...event, actor: 'system' }, filter({ actor: 'coordinator' }))).toBe(false)
    expect(fitsLog(event, filter({ text: 'tokens' }))).toBe(true)
    expect(fitsLog(event, filter({ text: 'nothing' }))).toBe(false)
  })

  it('is said in words where nothing fits it', () => {
    expect(logFilterWords(filter({}))).toBe('')
    expect(logFilterWords(filter({ type: 'signal', actor: 'operator', text: 'x' }))).toBe(
      ' of type signal by an operator with “x”',
    )
    expect(logFilterWords(filter({ actor: 'operator:ada' }))).toBe(' by operator:ada')
  })

  it('speaks of families to the API as it wants them', () => {
    expect(logQuery(filter({ type: 'signal', text: 'x' })).toString()).toBe('type=signal.&q=x')
    expect(logQuery(filter({ actor: 'operator' })).toString()).toBe('actor=operator%3A')
    expect(logQuery(filter({ actor: 'operator:ada' })).toString()).toBe('actor=operator%3Aada')
    expect(logQuery(filter({ type: 'signal.acked' })).toString()).toBe('type=signal.acked')
  })
})
