/** Where the servers are, and what receivers told of themselves. */
export interface Place {
  readonly redis: { readonly host: string; readonly port: number }
  readonly nats: { readonly port: number } | undefined
  /** By receiver, for peers without a server between. */
  readonly addresses: Readonly<Record<string, string>>
}

/** One who sends, and learns that it was acknowledged. */
export interface Sender {
  /** Sends one message to all targets, and resolves when all of them have acknowledged it. */
  send(targets: readonly string[]): Promise<void>
  close(): Promise<unknown>
}

export interface Receivers {
  /** How each can be reached, for peers without a server between. */
  readonly addresses?: Record<string, string>
  /** Only for who is at work even when nothing is sent. */
  resume?(): void
  pause?(): void
  close(): Promise<unknown>
}

/** A way to send a signal and hear of its ACK. Sender and receivers run in processes of their own. */
export interface SignalPeer {
  readonly name: string
  readonly openSender: (place: Place, targets: readonly string[]) => Promise<Sender>
  readonly openReceivers: (place: Place, ids: readonly string[]) => Promise<Receivers>
}

/** What is sent, by all alike. */
export function payloadOf(n: number) {
  return { task: 'validate the implementation', iteration: n, files: ['a.ts', 'b.ts'] }
}

/** The name that ours goes by in every table. */
export const OURS = 'signalbox'
