import type { SignalPeer } from '../harness/signal-peer'
import { signalboxSignals } from '../ours/signalbox-signals'
import { blpopLists } from './blpop-lists'
import { bullmqJobs } from './bullmq-jobs'
import { natsRequests } from './nats-requests'
import { polledKeys } from './polled-keys'
import { pubsubBothWays } from './pubsub-both-ways'
import { streamsBothWays } from './streams-both-ways'
import { streamsWithGroups } from './streams-with-groups'
import { tcpEcho } from './tcp-echo'

export const signalPeers: readonly SignalPeer[] = [
  signalboxSignals,
  tcpEcho,
  pubsubBothWays,
  streamsBothWays,
  streamsWithGroups,
  natsRequests,
  blpopLists,
  bullmqJobs,
  polledKeys,
]

export function signalPeer(name: string): SignalPeer {
  const peer = signalPeers.find((it) => it.name === name)
  if (!peer) throw new Error(`no peer is called '${name}'`)
  return peer
}
