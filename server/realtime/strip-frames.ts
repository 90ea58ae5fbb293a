import type { StripFrame } from '@/lib/protocol/frames'

const STRIPS_A_FRAME = 500

/** The recent beats of everybody in pieces, so that none of them holds up what comes after it. */
export function* stripFrames(rings: {
  ids(): Iterable<string>
  strip(id: string): number[]
  of(id: string, most: number): number[]
}): Generator<StripFrame> {
  let frame: StripFrame = { ids: [], lastBeats: [], strips: [] }
  for (const id of rings.ids()) {
    const [last] = rings.of(id, 1)
    if (last === undefined) continue
    frame.ids.push(id)
    frame.lastBeats.push(last)
    frame.strips.push(rings.strip(id))
    if (frame.ids.length < STRIPS_A_FRAME) continue
    yield frame
    frame = { ids: [], lastBeats: [], strips: [] }
  }
  if (frame.ids.length > 0) yield frame
}
