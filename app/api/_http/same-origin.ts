import { CSRF_HEADER } from '@/lib/protocol/problem'
import { HttpProblem } from './problem'

/**
 * A request of a browser that changes something comes from our own pages: with exactly our origin,
 * and a header that no form of another site can set.
 */
export function checkSameOrigin(request: Request, origins: ReadonlySet<string>): void {
  const origin = request.headers.get('origin')
  if (origin === null || !origins.has(origin)) {
    throw new HttpProblem(403, 'This request does not come from a page of this server.', {
      hint: 'Open the control room by its own address. Behind a proxy, set SIGNALBOX_URL to that.',
    })
  }
  if (request.headers.get(CSRF_HEADER) !== '1') {
    throw new HttpProblem(403, `Requests that change something need the header ${CSRF_HEADER}: 1.`)
  }
}
