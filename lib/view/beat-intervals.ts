/** The silence between two beats. */
export interface BeatInterval {
  /** When the later beat came, ms; for the one still open, now. */
  readonly at: number
  readonly gapMs: number
  /** No beat has ended it yet. */
  readonly open: boolean
}

/** The silences between beats, oldest first, at most `shown`, with the one that is still going on. */
export function beatIntervals(
  beats: readonly number[],
  now: number,
  shown: number,
): readonly BeatInterval[] {
  const intervals: BeatInterval[] = []
  for (let index = Math.max(1, beats.length - shown + 1); index < beats.length; index++) {
    const at = beats[index] ?? 0
    intervals.push({ at, gapMs: at - (beats[index - 1] ?? at), open: false })
  }
  const last = beats.at(-1)
  if (last !== undefined && now > last) intervals.push({ at: now, gapMs: now - last, open: true })
  return intervals
}

export interface BeatScale {
  /** What the chart shows at most, ms; longer silences are cut off there. */
  readonly top: number
  /** Heights that mean something: the expected gap, when it is late, when it is dead. */
  readonly marks: readonly { readonly ms: number; readonly means: 'expected' | 'late' | 'dead' }[]
}

/** Two marks nearer than this part of the height would overwrite each other. */
const NEAREST = 0.16

/** A height at which the usual beats are seen, and the limits as soon as a silence comes near them. */
export function beatScale(
  intervals: readonly BeatInterval[],
  expectedMs: number,
  lateMs: number,
  deadMs: number,
): BeatScale {
  const longest = Math.max(0, ...intervals.map((it) => it.gapMs))
  const top = Math.min(deadMs * 1.15, Math.max(expectedMs * 1.7, longest * 1.2))
  const marks: { ms: number; means: 'expected' | 'late' | 'dead' }[] = []
  for (const mark of [
    { ms: deadMs, means: 'dead' },
    { ms: lateMs, means: 'late' },
    { ms: expectedMs, means: 'expected' },
  ] as const)
    if (mark.ms <= top && marks.every((it) => it.ms - mark.ms >= top * NEAREST)) marks.push(mark)
  return { top, marks: marks.reverse() }
}
