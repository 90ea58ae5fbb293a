/**
 * Over TLS the name binds the cookie to this very host and to `Path=/`; browsers drop a cookie
 * with that prefix on plain loopback, which therefore has an unprefixed name.
 */
export function sessionCookieName(secure: boolean): string {
  return secure ? '__Host-signalbox' : 'signalbox'
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** The session's token out of a `Cookie` header; undefined when there is none that could be one. */
export function readSessionCookie(header: string | null | undefined, secure: boolean) {
  const name = `${sessionCookieName(secure)}=`
  for (const part of (header ?? '').split(';')) {
    const pair = part.trim()
    if (!pair.startsWith(name)) continue
    const token = pair.slice(name.length)
    if (TOKEN.test(token)) return token
  }
  return undefined
}

/** A `Set-Cookie` value. It lives as long as the session may at most; the server ends it earlier. */
export function sessionCookie(token: string, maxAgeMs: number, secure: boolean): string {
  return [
    `${sessionCookieName(secure)}=${token}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    `Max-Age=${Math.max(0, Math.floor(maxAgeMs / 1000))}`,
    ...(secure ? ['Secure'] : []),
  ].join('; ')
}

export function clearedSessionCookie(secure: boolean): string {
  return sessionCookie('', 0, secure)
}
