import type { EventEmitter } from 'node:events'

/**
 * Emits, whatever the listeners do. One that throws is a bug of its own: it must neither hold a
 * permit nor spoil a call, and it isn't hidden either, but thrown where nobody is in the way.
 */
export function tellListeners(emitter: EventEmitter, event: string, args: unknown[]): void {
  try {
    emitter.emit(event, ...args)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
