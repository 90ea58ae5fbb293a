import type * as z from 'zod'

/** What is wrong with one field of what was sent. */
export interface BrokenRule {
  /** Its path, with dots between the names; `body` where it is about all of it. */
  readonly field: string
  readonly rule: string
}

/** Nobody mends more at once, and nobody may be made to print more. */
const MOST = 20

/** Each field that broke a rule, by name: also one that nobody asked for, which is a slip of the pen. */
export function brokenRules({ issues }: z.ZodError): BrokenRule[] {
  const all = issues
    .slice(0, MOST)
    .flatMap((it) =>
      it.code === 'unrecognized_keys'
        ? it.keys.map((key) => ({ field: fieldOf([...it.path, key]), rule: 'is not known here' }))
        : [{ field: fieldOf(it.path), rule: it.message }],
    )
  return all.slice(0, MOST)
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.map(String).join('.') || 'body'
}
