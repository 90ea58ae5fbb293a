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
