import { DATA_POLICY } from '@/lib/auth/security-headers'
import type { BrokenRule } from '@/lib/protocol/broken-rules'
import { PROBLEM_CONTENT_TYPE, type Problem } from '@/lib/protocol/problem'

const titles: Readonly<Record<number, string>> = {
  400: 'Not a request that can be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not a method of this address',
  409: 'In conflict with what is there',
  410: 'Not kept any more',
  413: 'Too large',
  415: 'Not JSON',
  422: 'Breaks a rule',
  429: 'Too many',
  500: 'A fault of the server',
  503: 'Not available now',
}

/** With every answer of the API. */
export const DATA_HEADERS = { 'cache-control': 'no-store', 'content-security-policy': DATA_POLICY }

/** An answer that is not the one asked for. */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem'
  constructor(
    readonly status: number,
    /** What is wrong, in a sentence. Never a stack, never a value that was sent. */
    readonly detail: string,
    readonly more: { hint?: string; errors?: readonly BrokenRule[]; retryAfterMs?: number } = {},
  ) {
    super(detail)
  }
}

export function problemResponse(problem: HttpProblem, headers: Record<string, string> = {}) {
  const { status, detail, more } = problem
  const body: Problem = {
    type: `urn:signalbox:problem:${status}`,
    title: titles[status] ?? 'Refused',
    status,
    detail,
    ...(more.hint === undefined ? {} : { hint: more.hint }),
    ...(more.errors?.length ? { errors: [...more.errors] } : {}),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': PROBLEM_CONTENT_TYPE,
      ...DATA_HEADERS,
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(more.retryAfterMs === undefined
        ? {}
        : { 'retry-after': String(Math.ceil(more.retryAfterMs / 1000)) }),
      ...headers,
    },
  })
}
