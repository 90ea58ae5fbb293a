import type { z } from 'zod'
import { clearedSessionCookie } from '@/lib/auth/session-cookie'
import { brokenRules } from '@/lib/protocol/broken-rules'
import { roleAtLeast } from '@/lib/protocol/commands'
import type { MachineScope } from '@/lib/protocol/settings'
import { getRuntime, type Runtime } from '@/lib/runtime/runtime'
import { addressOf } from './address-of'
import { type Caller, identify } from './caller'
import { DATA_HEADERS, HttpProblem, problemResponse } from './problem'
import { problemOf } from './problem-of'
import { readJson } from './read-body'
import { type AnyRouteRule, DEFAULT_MAX_BYTES, type RouteRule } from './route-rule'
import { checkSameOrigin } from './same-origin'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

const NOBODY: Caller = { kind: 'nobody', staleCookie: false }

export interface RouteCall<P, Q, B> {
  readonly request: Request
  readonly runtime: Runtime
  readonly caller: Caller
  readonly address: string
  readonly params: P
  readonly query: Q
  readonly body: B
}

type NextContext = { params: Promise<Record<string, string | string[] | undefined> | undefined> }

export interface RouteHandler {
  (request: Request, context: NextContext): Promise<Response>
  readonly rule: AnyRouteRule
}

/**
 * Every route of the API is made here: it identifies the caller, checks the rule, parses what came,
 * and answers a problem document for whatever goes wrong. What the handler returns is the answer's
 * JSON, unless it is a response already.
 */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  rule: RouteRule<P, Q, B>,
  handler: (call: RouteCall<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<unknown>,
): RouteHandler {
  async function handle(request: Request, context: NextContext): Promise<Response> {
    const runtime = getRuntime()
    let caller: Caller | undefined
    try {
      // Who needs no session is not asked for one: `/health` answers without Redis.
      caller = rule.role === 'public' ? NOBODY : await identify(request, runtime)
      await authorise(request, rule, caller, runtime)
      const answer = await handler({
        request,
        runtime,
        caller,
        address: addressOf(request),
        params: parse(
          rule.params,
          decoded((await context.params) ?? {}),
          404,
          'This address names nothing.',
        ),
        query: parse(rule.query, queryOf(request), 400, 'The query breaks a rule.'),
        body: await bodyOf(request, rule),
      })
      return withHeaders(answer instanceof Response ? answer : Response.json(answer ?? {}))
    } catch (error) {
      const known = problemOf(error)
      if (known === undefined)
        runtime.log.error({ err: error, method: request.method }, 'a route failed')
      const problem =
        known ?? new HttpProblem(500, 'Something went wrong; it is in the server’s log.')
      const forget = caller?.kind === 'nobody' && caller.staleCookie && problem.status === 401
      const cookie: Record<string, string> = forget
        ? { 'set-cookie': clearedSessionCookie(runtime.secure) }
        : {}
      return problemResponse(problem, cookie)
    }
  }
  return Object.assign(handle, { rule: rule as unknown as AnyRouteRule })
}

async function authorise(
  request: Request,
  rule: Pick<AnyRouteRule, 'role' | 'machines' | 'limit' | 'command'>,
  caller: Caller,
  { auth, origins }: Runtime,
): Promise<void> {
  // A machine's token is sent on purpose; a cookie goes along with whatever makes a browser ask.
  if (!SAFE_METHODS.has(request.method) && caller.kind !== 'machine') {
    checkSameOrigin(request, origins)
  }
  if (rule.role === 'public') return
  if (caller.kind === 'nobody') {
    throw new HttpProblem(
      401,
      caller.staleCookie ? 'The session has ended.' : 'This needs a session.',
      { hint: 'Sign in.' },
    )
  }
  if (caller.kind === 'machine') {
    if (!rule.machines) throw new HttpProblem(403, 'Machine tokens are not for this.')
    if (rule.machines === 'acting') checkActs(caller.machine.scope)
  } else if (rule.machines === 'acting') {
    throw new HttpProblem(403, 'This is for coordinators, which show a machine token.')
  } else if (!rule.command && !roleAtLeast(caller.session.role, rule.role)) {
    throw new HttpProblem(
      403,
      `This needs the role ${rule.role}, and ${caller.session.user} is ${caller.session.role}.`,
      { hint: 'Ask an admin for the role.' },
    )
  }
  if (rule.limit === undefined) return
  const call = rule.limit === 'call' && caller.kind === 'machine'
  const answer = call
    ? await auth.takeCall(caller.machine.id)
    : await auth.takeAction(
        caller.kind === 'machine' ? { machine: caller.machine.id } : { user: caller.session.user },
      )
  if (answer.allowed) return
  const { retryAfterMs } = answer
  throw call
    ? new HttpProblem(429, 'Too many calls by this token within a minute.', { retryAfterMs })
    : new HttpProblem(429, 'Too many actions within a minute.', {
        hint: 'Wait a moment; for many at once, select them and act on all.',
        retryAfterMs,
      })
}

function checkActs(scope: MachineScope): void {
  if (scope.kind === 'metrics') throw new HttpProblem(403, 'This token is for the metrics only.')
  if (!scope.acts) {
    throw new HttpProblem(403, 'This token only reads.', {
      hint: 'An admin makes one that may take part, in the settings.',
    })
  }
}

function parse<S extends z.ZodType>(
  schema: S | undefined,
  value: unknown,
  status: number,
  detail: string,
): z.infer<S> {
  if (schema === undefined) return undefined as z.infer<S>
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new HttpProblem(status, detail, { errors: brokenRules(parsed.error) })
}

async function bodyOf<B extends z.ZodType>(
  request: Request,
  rule: { body?: B; maxBytes?: number },
): Promise<z.infer<B>> {
  if (SAFE_METHODS.has(request.method) || rule.body === undefined) return undefined as z.infer<B>
  const value = await readJson(request, rule.maxBytes ?? DEFAULT_MAX_BYTES)
  return parse(rule.body, value ?? {}, 422, 'Some of what was sent breaks a rule.')
}

/** Ids of signals and rounds hold colons, which clients escape. */
function decoded(params: Record<string, string | string[] | undefined>) {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (typeof value !== 'string') return [name, value]
      try {
        return [name, decodeURIComponent(value)]
      } catch {
        return [name, value]
      }
    }),
  )
}

function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams)
}

function withHeaders(response: Response): Response {
  for (const [name, value] of Object.entries(DATA_HEADERS)) response.headers.set(name, value)
  return response
}
