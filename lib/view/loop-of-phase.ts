/** Ten thousand coordinators share a handful of phases; all beyond this many are read anew. */
const REMEMBERED = 1_000
const known = new Map<string, number | undefined>()

/** The loop that a phase such as `loop-3-implementation` names, if it names one. */
export function loopOfPhase(phase: string | undefined): number | undefined {
  if (phase === undefined) return undefined
  if (known.has(phase)) return known.get(phase)
  const digits = /\bloop[-_ ]?(\d{1,2})(?!\d)/i.exec(phase)?.[1]
  const loop = digits === undefined ? undefined : Number(digits)
  if (known.size < REMEMBERED) known.set(phase, loop)
  return loop
}
