import dynamic from 'next/dynamic'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { Frame } from '@/components/frame/frame'
import { LiveProvider } from '@/components/live/live-provider'
import { SessionProvider } from '@/components/live/session-context'
import type { SessionInfo } from '@/lib/auth/auth-service'
import { readSessionCookie } from '@/lib/auth/session-cookie'
import { getRuntime } from '@/lib/runtime/runtime'

const OutOfReach = dynamic(() =>
  import('@/components/frame/out-of-reach').then((it) => it.OutOfReach),
)

/** Every room stands in this frame, and behind this door. */
export default async function BoardLayout({ children }: { children: ReactNode }) {
  const { auth, secure, log } = getRuntime()
  const asked = await headers()
  const token = readSessionCookie(asked.get('cookie'), secure)
  let session: SessionInfo | null = null
  let hasPassword = false
  try {
    session = token === undefined ? null : await auth.session(token)
    if (session) hasPassword = (await auth.user(session.user))?.hasPassword ?? false
  } catch (error) {
    // Without Redis nobody can say who this is: nobody is let in, and nobody is sent away.
    log.warn({ err: error }, 'a page was asked for while sessions cannot be read')
    return <OutOfReach />
  }
  if (session === null) redirect(signInAddress(asked.get('x-address')))
  const { user, role, expiresAt, idleUntil } = session
  return (
    <SessionProvider session={{ user, role, expiresAt, idleUntil, hasPassword }}>
      <LiveProvider>
        <Frame>{children}</Frame>
      </LiveProvider>
    </SessionProvider>
  )
}

/** The door, which remembers where one wanted to go. */
function signInAddress(address: string | null): string {
  return address === null || address === '/'
    ? '/sign-in'
    : `/sign-in?next=${encodeURIComponent(address)}`
}
