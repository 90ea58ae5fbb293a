import { describe, expect, it } from 'vitest'
import { onAbort } from '@/lib/cfn-loop/on-abort'

describe('who waits under an AbortSignal', () => {
  it('is told once, in the order in which they came, unless they have left', () => {
    const controller = new AbortController()
    const told: string[] = []
    const leave = ['a', 'b', 'c'].map((it) => onAbort(controller.signal, () => told.push(it)))
    leave[1]?.()
    leave[1]?.()
    controller.abort()
    controller.abort()
    expect(told).toEqual(['a', 'c'])
    leave[0]?.()
  })

  it('may leave others who are about to be told', () => {
    const controller = new AbortController()
    const told: string[] = []
    onAbort(controller.signal, () => leave())
    const leave = onAbort(controller.signal, () => told.push('late'))
    controller.abort()
    expect(told).toEqual([])
  })

  it('is one listener of it, however many they are, and none when all have left', () => {
    const controller = new AbortController()
    const { signal } = controller
    let listeners = 0
    const add = signal.addEventListener.bind(signal)
    const remove = signal.removeEventListener.bind(signal)
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1
      add(...args)
    }
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1
      remove(...args)
    }
    const leave = Array.from({ length: 100 }, () => onAbort(signal, () => {}))
    expect(listeners).toBe(1)
    for (const it of leave) it()
    expect(listeners).toBe(0)
    const told: string[] = []
    onAbort(signal, () => told.push('again'))
    controller.abort()
    expect(told).toEqual(['again'])
  })
})
