/** A way that swallows questions must not keep a page from trying another one, ms. */
const TIMEOUT_MS = 5_000

/** Whether the session is still there; true as long as nobody says that it is not. */
export async function isSignedIn(timeoutMs = TIMEOUT_MS): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const answer = await fetch('/api/v1/session', { cache: 'no-store', signal })
    return answer.status !== 401
  } catch {
    return true
  }
}
