import './no-eval'
import * as z from 'zod'
import {
  CSRF_HEADER,
  PROBLEM_CONTENT_TYPE,
  type Problem,
  problemSchema,
} from '@/lib/protocol/problem'
import { ApiError } from './api-error'

const BASE = '/api/v1'
const TIMEOUT_MS = 20_000

type Method = 'GET' | 'POST' | 'DELETE'

interface Request {
  method: Method
  path: string
  body?: unknown
  signal?: AbortSignal | undefined
}

/**
 * Reads from the API; `path` comes after `/api/v1`.
 * @throws ApiError
 */
export function apiGet<T>(path: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
  return ask({ method: 'GET', path, signal }, schema)
}

/** @throws ApiError */
export function apiPost<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
  return ask({ method: 'POST', path, body }, schema)
}

/** @throws ApiError */
export function apiDelete<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
  return ask({ method: 'DELETE', path, body }, schema)
}

/**
 * Posts, and reads an answer of JSON lines, each told as it comes. Lines that this page cannot read are left out.
 * @throws ApiError, also when the answer breaks off or nothing comes for a long time
 */
export async function apiLines<T>(
  path: string,
  body: unknown,
  type: string,
  schema: z.ZodType<T>,
  told: (line: T) => void,
): Promise<void> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), TIMEOUT_MS)
  try {
    const response = await send({ method: 'POST', path, body }, type, silence.signal)
    if (!response.ok) {
      const answer: unknown = await response.json().catch(() => undefined)
      throw new ApiError(problemOf(response, answer))
    }
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let rest = ''
    for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), TIMEOUT_MS)
      const lines = (rest + part.value).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const parsed = schema.safeParse(jsonOf(line))
        if (parsed.success) told(parsed.data)
      }
    }
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(NO_ANSWER)
  } finally {
    clearTimeout(timer)
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function send({ method, path, body }: Request, accept: string, signal: AbortSignal) {
  return fetch(`${BASE}${path}`, {
    method,
    headers: {
      accept,
      ...(method === 'GET' ? {} : { 'content-type': 'application/json', [CSRF_HEADER]: '1' }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  })
}

async function ask<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const { method, path, signal } = request
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  let response: Response
  let text: string
  try {
    const until = signal ? AbortSignal.any([signal, timeout]) : timeout
    response = await send(request, 'application/json', until)
    // What breaks off half way has not come, either.
    text = await response.text()
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError(method === 'GET' ? NOT_READ : NO_ANSWER)
  }
  const answer = response.status === 204 ? {} : jsonOf(text)
  if (!response.ok) throw new ApiError(problemOf(response, answer))
  const parsed = schema.safeParse(answer)
  if (!parsed.success) {
    console.warn(
      `Signalbox: the answer of ${path} is not what this page expects.`,
      z.prettifyError(parsed.error),
    )
    throw new ApiError(UNREADABLE)
  }
  return parsed.data
}

function problemOf(response: Response, answer: unknown): Problem {
  const isProblem = response.headers.get('content-type')?.startsWith(PROBLEM_CONTENT_TYPE)
  const parsed = isProblem ? problemSchema.safeParse(answer) : undefined
  return parsed?.success
    ? parsed.data
    : {
        type: 'about:blank',
        title: `The server answered ${response.status}.`,
        status: response.status,
        hint: 'Try again in a moment.',
      }
}

const NO_ANSWER: Problem = {
  type: 'about:blank',
  title: 'The server cannot be reached.',
  status: 0,
  hint: 'Nobody knows whether it was done. Trying again is safe: the same press has one effect.',
}

const NOT_READ: Problem = {
  ...NO_ANSWER,
  hint: 'It is read again when the server is back.',
}

const UNREADABLE: Problem = {
  type: 'about:blank',
  title: 'The server’s answer could not be read.',
  status: 502,
  hint: 'Load the page again; it may be older than the server.',
}
