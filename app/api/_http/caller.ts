import type { MachineTokenInfo, SessionInfo } from '@/lib/auth/auth-service'
import { readSessionCookie } from '@/lib/auth/session-cookie'
import type { Runtime } from '@/lib/runtime/runtime'

/** Who calls. */
export type Caller =
  | { readonly kind: 'person'; readonly session: SessionInfo; readonly token: string }
  | { readonly kind: 'machine'; readonly machine: MachineTokenInfo }
  | { readonly kind: 'nobody'; readonly staleCookie: boolean }

const BEARER = /^Bearer ([A-Za-z0-9_-]{43})$/i

/** A bearer token or the session cookie; with both, the token, which no browser sends by itself. */
export async function identify(request: Request, runtime: Runtime): Promise<Caller> {
  const header = request.headers.get('authorization')
  if (header !== null) {
    const token = BEARER.exec(header)?.[1]
    const machine = token === undefined ? null : await runtime.auth.machine(token)
    return machine ? { kind: 'machine', machine } : { kind: 'nobody', staleCookie: false }
  }
  const token = readSessionCookie(request.headers.get('cookie'), runtime.secure)
  if (token === undefined) return { kind: 'nobody', staleCookie: false }
  const session = await runtime.auth.session(token)
  return session ? { kind: 'person', session, token } : { kind: 'nobody', staleCookie: true }
}

/** Asked where an answer takes its time: whether whoever began it would be let in now as well. */
export async function isStillKnown(request: Request, runtime: Runtime): Promise<boolean> {
  return (await identify(request, runtime)).kind !== 'nobody'
}
