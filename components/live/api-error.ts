import type { Problem } from '@/lib/protocol/problem'

/** A request that did not do what it should. `status` 0 means that no answer came. */
export class ApiError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title)
    this.name = 'ApiError'
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }

  /** Whether it is certain that nothing was done: otherwise the same request may be sent again. */
  get isAnswer(): boolean {
    return this.status >= 400 && this.status < 500
  }
}

/** Why, and what to do, in one text. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error)
  const { title, detail, hint, errors } = error.problem
  const fields = errors?.map(({ field, rule }) => `${field}: ${rule}`).join('; ')
  return [detail ?? title, fields, hint].filter(Boolean).join(' ')
}
