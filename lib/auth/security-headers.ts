/** For whatever is answered, page or not. */
const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  // For browsers that know no frame-ancestors.
  'x-frame-options': 'DENY',
}

/** `secure`: people come over TLS, and from now on only so. */
export function securityHeaders(secure: boolean): Readonly<Record<string, string>> {
  return secure ? { ...ALWAYS, 'strict-transport-security': 'max-age=63072000' } : ALWAYS
}

const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9a-fA-F:.]+\](:\d{1,5})?$/

/**
 * What a page may load and do. Scripts need the nonce of this very answer, or to be loaded by one
 * that had it; styles may be inline, since dialogs and toasts set them at run time, and a style
 * cannot act. `host` is the page's own, for the socket: older browsers do not count ws: as 'self'.
 */
export function pagePolicy(options: {
  nonce: string
  host: string | null
  development: boolean
  secure: boolean
}): string {
  const { nonce, host, development, secure } = options
  const socket = host !== null && HOST.test(host) ? ` ${secure ? 'wss' : 'ws'}://${host}` : ''
  return [
    "default-src 'self'",
    // React's development build evaluates text to show where an error came from.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${socket}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** For answers that are data: nothing in them may ever run. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; sandbox"

/** For the scripts of pages: one that is started as a worker has this policy, and may load its parts. */
export const SCRIPT_POLICY =
  "default-src 'none'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'"
