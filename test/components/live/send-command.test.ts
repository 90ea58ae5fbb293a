import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError } from '@/components/live/api-error'
import { pagePast } from '@/components/live/past-store'
import { sendCommand } from '@/components/live/send-command'

afterEach(() => {
  pagePast().ask(undefined)
  vi.unstubAllGlobals()
})

describe('an action asked for while the page shows the past', () => {
  it('is refused before it leaves the page', async () => {
    const asked = vi.fn()
    vi.stubGlobal('fetch', asked)
    pagePast().ask({ at: 1_764_000_000_000 })
    const sent = sendCommand('cleanup-coordinator', {
      coordinatorId: 'a',
      reason: 'no longer needed',
      requestId: 'request-1',
    })
    await expect(sent).rejects.toThrow(ApiError)
    await expect(sent).rejects.toMatchObject({ status: 409, isAnswer: true })
    expect(asked).not.toHaveBeenCalled()
  })
})
