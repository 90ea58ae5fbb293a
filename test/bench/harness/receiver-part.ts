import type { Part } from '../../serve-parts'
import { signalPeer } from '../peers/all-signal-peers'
import type { Place, Receivers } from './signal-peer'

export interface ReceiverOptions {
  readonly peer: string
  readonly place: Place
  readonly ids: readonly string[]
}

/** A process that receives and acknowledges. */
export function receiverPart(): Part {
  let receivers: Receivers | undefined
  return {
    prepare: async ({ peer, place, ids }: ReceiverOptions) => {
      receivers = await signalPeer(peer).openReceivers(place, ids)
    },
    addresses: () => receivers?.addresses ?? {},
    resume: () => receivers?.resume?.(),
    pause: () => receivers?.pause?.(),
    close: () => receivers?.close(),
  }
}
