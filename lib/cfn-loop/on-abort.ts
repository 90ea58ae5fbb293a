interface Calls {
  readonly all: Set<() => void>
  readonly tell: () => void
}

const known = new WeakMap<AbortSignal, Calls>()

/**
 * Calls once when the signal aborts. A signal has one listener for this, however many wait under it: Node
 * takes more than ten for a leak, and searches through all of them for each that leaves.
 *
 * @returns waits no longer
 */
export function onAbort(signal: AbortSignal, call: () => void): () => void {
  const calls = known.get(signal) ?? listen(signal)
  calls.all.add(call)
  return () => {
    if (!calls.all.delete(call) || calls.all.size > 0 || known.get(signal) !== calls) return
    known.delete(signal)
    signal.removeEventListener('abort', calls.tell)
  }
}

function listen(signal: AbortSignal): Calls {
  const all = new Set<() => void>()
  const tell = () => {
    known.delete(signal)
    for (const it of all) it()
  }
  const calls = { all, tell }
  known.set(signal, calls)
  signal.addEventListener('abort', tell, { once: true })
  return calls
}
