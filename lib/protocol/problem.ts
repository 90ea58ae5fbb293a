import * as z from 'zod'

/** Every error of the HTTP API, as RFC 9457 lays it out. `errors` names fields and the rule that each broke. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  /** What to do next, in one sentence. */
  hint: z.string().optional(),
  errors: z.array(z.object({ field: z.string(), rule: z.string() })).optional(),
})
export type Problem = z.infer<typeof problemSchema>
export const PROBLEM_CONTENT_TYPE = 'application/problem+json'

/** Requests that change state carry this header: a form of another site cannot set it. */
export const CSRF_HEADER = 'x-signalbox'
