import type { StripFrame } from '@/lib/protocol/frames'

const STRIPS_A_FRAME = 500

/** The recent beats of everybody in pieces, so that none of them holds up what comes after it. */
export function* stripFrames(rings: {
  ids(): Iterable<string>
  strip(id: string): number[]
}): Generator<StripFrame> {
  let frame: StripFrame = { ids: [], strips: [] }
  for (const id of rings.ids()) {
    const strip = rings.strip(id)
    if (strip.length === 0) continue
    frame.ids.push(id)
    frame.strips.push(strip)
    if (frame.ids.length < STRIPS_A_FRAME) continue
    yield frame
    frame = { ids: [], strips: [] }
  }
  if (frame.ids.length > 0) yield frame
}
