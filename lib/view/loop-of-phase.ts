/** The loop that a phase such as `loop-3-implementation` names, if it names one. */
export function loopOfPhase(phase: string | undefined): number | undefined {
  const digits = phase === undefined ? undefined : /\bloop[-_ ]?(\d{1,2})(?!\d)/i.exec(phase)?.[1]
  return digits === undefined ? undefined : Number(digits)
}
