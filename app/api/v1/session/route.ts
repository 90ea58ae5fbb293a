import type { SessionInfo } from '@/lib/auth/auth-service'
import { clearedSessionCookie, readSessionCookie, sessionCookie } from '@/lib/auth/session-cookie'
import { type Session, signInSchema } from '@/lib/protocol/http'
import type { Runtime } from '@/lib/runtime/runtime'
import { route } from '../../_http/define-route'
import { personOf } from '../../_http/person'
import { HttpProblem } from '../../_http/problem'
import { isUnreachable, REDIS_PAUSE_MS } from '../../_http/problem-of'

async function shown(
  { user, role, expiresAt, idleUntil }: SessionInfo,
  { auth }: Runtime,
): Promise<Session> {
  const hasPassword = (await auth.user(user))?.hasPassword ?? false
  return { user, role, expiresAt, idleUntil, hasPassword }
}

/** Who is signed in. */
export const GET = route({ role: 'viewer' }, async ({ caller, runtime }) =>
  shown(personOf(caller).session, runtime),
)

/** Signs in, by a one-time link or by name and password. The session is always a new one. */
export const POST = route(
  { role: 'public', body: signInSchema, maxBytes: 4096 },
  async ({ request, runtime, body, address }) => {
    const { auth, secure, commands } = runtime
    const from = { address, userAgent: request.headers.get('user-agent') ?? undefined }
    const { token, session } = await ('token' in body
      ? auth.signInWithLink(body.token, from, body.user)
      : auth.signInWithPassword(body.user, body.password, from)
    ).catch((error: unknown) => {
      throw isUnreachable(error) ? nobodyCanSignIn('token' in body) : error
    })
    const before = readSessionCookie(request.headers.get('cookie'), secure)
    if (before !== undefined) await auth.signOut(before)
    const who = { user: session.user, role: session.role, address }
    // The link is used up and the session open: nobody is kept out by a log that cannot be written.
    await commands.signedIn(who).catch((error: unknown) => {
      runtime.log.error({ err: error }, 'a sign-in is not in the audit')
    })
    const lifeMs = session.expiresAt - session.createdAt
    return Response.json(await shown(session, runtime), {
      headers: { 'set-cookie': sessionCookie(token, lifeMs, secure) },
    })
  },
)

function nobodyCanSignIn(byLink: boolean): HttpProblem {
  return new HttpProblem(503, 'Redis cannot be reached, so nobody can sign in.', {
    hint: `${byLink ? 'Open your link again' : 'Try again'} once it is back.`,
    retryAfterMs: REDIS_PAUSE_MS,
  })
}

/** Signs out, and cuts the session's sockets. */
export const DELETE = route({ role: 'viewer' }, async ({ caller, runtime }) => {
  await runtime.auth.signOut(personOf(caller).token)
  return Response.json(
    { done: true },
    {
      headers: { 'set-cookie': clearedSessionCookie(runtime.secure) },
    },
  )
})
