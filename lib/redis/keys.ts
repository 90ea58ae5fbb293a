/**
 * Every key that Signalbox uses in Redis is built here, and nowhere else.
 *
 * A namespace is a set of coordinators that can talk to each other; all its keys share a prefix.
 * The default namespace has no name, and the prefix `blocking:`. A named one carries a hash tag,
 * `{name}:blocking:`, so that on Redis Cluster it is one slot and its scripts stay atomic.
 * Scripts get the prefix, and build the keys that they discover from it: the names after the prefix
 * are the same in `scripts/includes/keys.lua`.
 */
export interface NamespaceKeys {
  readonly prefix: string
  /** Stream: the log. */
  readonly events: string
  /** Sorted set: coordinator id by last beat, ms. */
  readonly beats: string
  /** Sorted set: `kind:id` by due time, ms. Kinds: coordinator, signal, consensus, spawn, wait. */
  readonly deadlines: string
  /** Hash: schema version, default threshold, the settings of the namespace. */
  readonly settings: string
  /** Hash: last sweep, Redis' run id, grace period. */
  readonly monitor: string
  /** Hash: attention entry by its acknowledgement or snooze. */
  readonly attention: string
  /** Set: every coordinator with a record. */
  readonly coordinators: string
  /** Sorted set: swarm id by how many coordinators have a record in it. */
  readonly swarms: string
  /** Sorted set: signal id by time of sending, ms. */
  readonly signals: string
  /** Sorted set: consensus key by time of opening, ms. */
  readonly consensusIndex: string
  /** Set: `owner:name` of every published breaker. */
  readonly breakers: string
  /** Stream: requests for replacements. */
  readonly spawn: string
  /** Sorted set: the sequences at which the whole board is stored, by their time, ms. */
  readonly history: string
  /** String with expiry: whoever set it stores the next board. */
  readonly historyTurn: string
  coordinator(id: string): string
  /** Stream: the inbox of a coordinator. */
  inbox(id: string): string
  signalRecord(signalId: string): string
  ack(coordinatorId: string, signalId: string): string
  idempotency(sender: string, key: string): string
  work(id: string): string
  escalation(id: string, epoch: number): string
  consensus(swarmId: string, loop: number, runId: string, iteration: number): string
  consensusByKey(key: string): string
  breaker(owner: string, name: string): string
  /** String with expiry: the whole board as it was after this event. */
  historyBoard(seq: string): string
  /** Channel: wake-up hints for one coordinator. */
  hint(id: string): string
  /** Channel: wake-up hints for whoever waits for the decision of one round of votes. */
  consensusHint(key: string): string
}

export const DEFAULT_PREFIX = 'blocking:'

/** `undefined` is the default namespace. */
export function prefixOf(namespace: string | undefined): string {
  return namespace === undefined || namespace === ''
    ? DEFAULT_PREFIX
    : `{${namespace}}:${DEFAULT_PREFIX}`
}

export function namespaceKeys(namespace?: string): NamespaceKeys {
  const prefix = prefixOf(namespace)
  return {
    prefix,
    events: `${prefix}events`,
    beats: `${prefix}beats`,
    deadlines: `${prefix}deadlines`,
    settings: `${prefix}settings`,
    monitor: `${prefix}monitor`,
    attention: `${prefix}attention`,
    coordinators: `${prefix}coordinators`,
    swarms: `${prefix}swarms`,
    signals: `${prefix}signals`,
    consensusIndex: `${prefix}consensus`,
    breakers: `${prefix}breakers`,
    spawn: `${prefix}spawn`,
    history: `${prefix}history`,
    historyTurn: `${prefix}history-turn`,
    coordinator: (id) => `${prefix}coordinator:${id}`,
    inbox: (id) => `${prefix}signal:${id}`,
    signalRecord: (signalId) => `${prefix}signal-record:${signalId}`,
    ack: (coordinatorId, signalId) => `${prefix}ack:${coordinatorId}:${signalId}`,
    idempotency: (sender, key) => `${prefix}idempotency:${sender}:${key}`,
    work: (id) => `${prefix}work:${id}`,
    escalation: (id, epoch) => `${prefix}escalation:${id}:${epoch}`,
    consensus: (swarmId, loop, runId, iteration) =>
      `${prefix}consensus:${swarmId}:${loop}:${runId}:${iteration}`,
    consensusByKey: (key) => `${prefix}consensus:${key}`,
    breaker: (owner, name) => `${prefix}breaker:${owner}:${name}`,
    historyBoard: (seq) => `${prefix}history:${seq}`,
    hint: (id) => `${prefix}hint:${id}`,
    consensusHint: (key) => `${prefix}hint:consensus:${key}`,
  }
}

/** What belongs to the control room itself, beside every namespace. */
export const SERVER_PREFIX = '{signalbox}:'

export const serverKeys = {
  /** Hash per user: role, password hash. */
  user: (name: string) => `${SERVER_PREFIX}user:${name}`,
  users: `${SERVER_PREFIX}users`,
  /** Hash per session, named by the SHA-256 of its token. */
  session: (tokenHash: string) => `${SERVER_PREFIX}session:${tokenHash}`,
  sessionsOf: (user: string) => `${SERVER_PREFIX}sessions:${user}`,
  /** String with expiry: the one-time link, named by the SHA-256 of its token. */
  signInLink: (tokenHash: string) => `${SERVER_PREFIX}link:${tokenHash}`,
  /** Hash per machine token, named by the SHA-256 of it. */
  machineToken: (tokenHash: string) => `${SERVER_PREFIX}token:${tokenHash}`,
  machineTokens: `${SERVER_PREFIX}tokens`,
  /** Stream: who did what, when and why. */
  audit: `${SERVER_PREFIX}audit`,
  /** String with expiry: the result of an action, by who pressed and the request id. */
  request: (user: string, requestId: string) => `${SERVER_PREFIX}request:${user}:${requestId}`,
  /** Sorted set with expiry: the attempts of one window, by their time. */
  limit: (what: string, who: string) => `${SERVER_PREFIX}limit:${what}:${who}`,
  /** Hash: every webhook by its id, as JSON, its secret among it. */
  webhooks: `${SERVER_PREFIX}webhooks`,
  /** Channel: a webhook was made or removed. */
  webhooksChanged: `${SERVER_PREFIX}webhooks-changed`,
  /** List: the latest attempts of one webhook, as JSON, newest first. */
  webhookLog: (id: string) => `${SERVER_PREFIX}webhook-log:${id}`,
  /** String with expiry: somebody has taken on to tell of this trouble. */
  notice: (prefix: string, entryHash: string) => `${SERVER_PREFIX}notice:${prefix}${entryHash}`,
  /** Sorted set: id of a delivery by when it is due, ms. */
  deliveries: `${SERVER_PREFIX}deliveries`,
  /** Hash with expiry: one delivery, until it is settled. */
  delivery: (id: string) => `${SERVER_PREFIX}delivery:${id}`,
  /** String with expiry: this control room runs. */
  server: (id: string) => `${SERVER_PREFIX}server:${id}`,
  /** Channel: a session was revoked. */
  revoked: `${SERVER_PREFIX}revoked`,
} as const
