import { CSRF_HEADER } from '@/lib/protocol/problem'

export interface Answer {
  readonly status: number
  readonly text: string
}

/** A request as one of our own pages makes it. */
export async function ask(
  url: string,
  method: string,
  path: string,
  cookie: string,
  body?: unknown,
): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      cookie,
      origin: url,
      [CSRF_HEADER]: '1',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, text: await response.text() }
}
