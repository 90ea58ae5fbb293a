import { createHmac } from 'node:crypto'
import { type IncomingMessage, request as requestPlain } from 'node:http'
import { request as requestTls } from 'node:https'
import { isIP } from 'node:net'
import { type AddressRules, reachableAddress } from './reachable-address'

export const SIGNATURE_HEADER = 'x-signalbox-signature'

export interface WebhookPost {
  readonly url: string
  readonly secret: string
  readonly deliveryId: string
  readonly attempt: number
  /** JSON. */
  readonly body: string
  /** Seconds since 1970: what the signature says. */
  readonly now: number
}

/** `error` in words, where it was not taken. */
export type PostResult =
  | { readonly ok: true; readonly status: number; readonly tookMs: number }
  | {
      readonly ok: false
      readonly status?: number
      readonly error: string
      readonly tookMs: number
    }

const TIMEOUT_MS = 5000

/**
 * `t=<seconds>,v1=<HMAC-SHA256 in hex>` over `<seconds>.<body>`: the time stands under the signature, so
 * that a receiver can refuse what somebody plays to it again later.
 */
export function signWebhook(secret: string, seconds: number, body: string): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')
  return `t=${seconds},v1=${mac}`
}

/** Posts once. Follows no redirect, reads no answer, takes no longer than `timeoutMs`; never throws. */
export async function postWebhook(
  post: WebhookPost,
  rules: AddressRules,
  timeoutMs = TIMEOUT_MS,
): Promise<PostResult> {
  const began = performance.now()
  const deadline = AbortSignal.timeout(timeoutMs)
  const took = () => Math.round(performance.now() - began)
  try {
    const url = new URL(post.url)
    const address = await within(reachableAddress(url.hostname, rules), deadline)
    const status = await send(url, address, post, deadline)
    const tookMs = took()
    if (status >= 200 && status < 300) return { ok: true, status, tookMs }
    const error =
      status >= 300 && status < 400
        ? `it answered ${status}, and redirects are not followed`
        : `it answered ${status}`
    return { ok: false, status, error, tookMs }
  } catch (error) {
    return { ok: false, error: inWords(error, deadline, timeoutMs), tookMs: took() }
  }
}

function send(url: URL, address: string, post: WebhookPost, signal: AbortSignal): Promise<number> {
  const tls = url.protocol === 'https:'
  const name = url.hostname.replace(/^\[|\]$/g, '')
  const body = Buffer.from(post.body, 'utf8')
  return new Promise((resolve, reject) => {
    const request = (tls ? requestTls : requestPlain)({
      // The address that was checked, not the name: it could stand for another one by now.
      host: address,
      port: url.port === '' ? (tls ? 443 : 80) : Number(url.port),
      // The name is what the certificate has to be for.
      ...(tls && isIP(name) === 0 ? { servername: name } : {}),
      method: 'POST',
      path: `${url.pathname}${url.search}`,
      agent: false,
      signal,
      maxHeaderSize: 8192,
      headers: {
        host: url.host,
        'content-type': 'application/json',
        'content-length': body.byteLength,
        'user-agent': 'signalbox',
        connection: 'close',
        [SIGNATURE_HEADER]: signWebhook(post.secret, post.now, post.body),
        'x-signalbox-delivery': post.deliveryId,
        'x-signalbox-attempt': String(post.attempt),
      },
    })
    request.once('response', (response: IncomingMessage) => {
      resolve(response.statusCode ?? 0)
      // What it says is nobody's business here, however much it is.
      response.destroy()
    })
    // Also after the answer: an error without a listener would throw.
    request.on('error', reject)
    request.end(body)
  })
}

function within<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

/** Nothing that a receiver made up stands in it. */
function inWords(error: unknown, deadline: AbortSignal, timeoutMs: number): string {
  if (deadline.aborted) return `no answer within ${timeoutMs / 1000} s`
  if (!(error instanceof Error)) return 'it failed'
  if (error.name === 'ForbiddenAddressError') return error.message
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its name has no address'
    case 'ECONNREFUSED':
      return 'nobody listens there'
    case 'ECONNRESET':
    case 'EPIPE':
      return 'it broke off the connection'
    default:
      return code === undefined
        ? 'it gave no answer that is HTTP'
        : `the connection failed: ${code}`
  }
}
