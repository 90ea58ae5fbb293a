import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { pagePolicy } from '@/lib/auth/security-headers'
import { getRuntime } from '@/lib/runtime/runtime'

/**
 * Runs before a page is made, and only adds its content security policy. Who may see what is
 * decided by each route and page itself: a guard that stands in front can be gone around.
 */
export function proxy(request: NextRequest): NextResponse {
  const { secure, config } = getRuntime()
  const nonce = randomBytes(18).toString('base64')
  const host = request.headers.get('host')
  const policy = pagePolicy({ nonce, host, secure, development: config.development })

  const headers = new Headers(request.headers)
  // Next takes the nonce for its own scripts from the first, the layout from the second.
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  // A layout is not told its address; whoever is sent to sign in comes back to it.
  headers.set('x-address', request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  return response
}

// Routes of data have a policy of their own; and what passes here has its body kept in memory first.
export const config = {
  matcher: ['/((?!api/|health$|ready$|metrics$|socket\\.io|_next/static|favicon\\.ico).*)'],
}
