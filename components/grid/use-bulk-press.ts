import { useRef, useState } from 'react'
import type { BulkCommand, BulkTargetResult } from '@/lib/protocol/commands'
import { ApiError, explain } from '../live/api-error'
import { sendBulk } from '../live/send-bulk'

export interface BulkPress {
  /** By target, what came of it, of all presses so far. */
  readonly results: ReadonlyMap<string, BulkTargetResult>
  /** Those that this press is about, until they are answered. */
  readonly underWay: ReadonlySet<string>
  readonly running: boolean
  /** Why the whole press was refused. */
  readonly error: string | undefined
  press: (ids: readonly string[], reason: string) => Promise<void>
}

const NOBODY: ReadonlySet<string> = new Set()

/**
 * One press is one request id. It is kept while nobody knows what became of some, so that pressing again
 * does nothing twice; a press that was answered in full is followed by a new one.
 */
export function useBulkPress(action: BulkCommand): BulkPress {
  const [results, setResults] = useState<ReadonlyMap<string, BulkTargetResult>>(new Map())
  const [underWay, setUnderWay] = useState(NOBODY)
  const [error, setError] = useState<string>()
  const open = useRef<{ reason: string; requestId: string } | undefined>(undefined)
  const busy = useRef(false)

  const press = async (ids: readonly string[], reason: string) => {
    if (busy.current || ids.length === 0) return
    busy.current = true
    if (open.current?.reason !== reason) open.current = { reason, requestId: crypto.randomUUID() }
    const { requestId } = open.current
    const waiting = new Set(ids)
    let unsure = false
    setError(undefined)
    setUnderWay(new Set(waiting))
    // Many come at once: they are shown together, a few times a second.
    const fresh = new Map<string, BulkTargetResult>()
    const show = () => {
      if (fresh.size === 0) return
      const more = [...fresh]
      fresh.clear()
      setResults((before) => new Map([...before, ...more]))
      setUnderWay(new Set(waiting))
    }
    const nobodyKnows = (about: Pick<BulkTargetResult, 'why' | 'hint'>) => {
      for (const coordinatorId of waiting)
        fresh.set(coordinatorId, { coordinatorId, done: false, unsure: true, ...about })
    }
    const showing = setInterval(show, SHOW_MS)
    try {
      await sendBulk({ action, coordinatorIds: [...ids], reason, requestId }, (it) => {
        waiting.delete(it.coordinatorId)
        fresh.set(it.coordinatorId, it)
        unsure ||= it.unsure === true
      })
      nobodyKnows(UNSURE)
    } catch (failure) {
      if (failure instanceof ApiError && failure.isAnswer) {
        setError(explain(failure))
        open.current = undefined
      } else nobodyKnows({ why: explain(failure) })
    } finally {
      clearInterval(showing)
      if (!unsure && ![...fresh.values()].some((it) => it.unsure)) open.current = undefined
      show()
      setUnderWay(NOBODY)
      busy.current = false
    }
  }
  return { results, underWay, running: underWay.size > 0, error, press }
}

const SHOW_MS = 150
const UNSURE = {
  why: 'The answer did not come, so nobody knows whether it was done.',
  hint: 'Try again: what was done is not done twice.',
}
