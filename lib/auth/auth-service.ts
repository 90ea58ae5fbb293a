import type { Role } from '../protocol/commands'
import type { MachineScope } from '../protocol/settings'

/** Where a request came from, as far as the server knows. */
export interface Origin {
  address: string
  userAgent?: string | undefined
}

/** One signed-in browser. `id` is the SHA-256 of its token: it names the session and opens nothing. */
export interface SessionInfo {
  id: string
  user: string
  /** As of now: a changed role holds for sessions that exist. */
  role: Role
  createdAt: number
  lastSeenAt: number
  /** The end in any case, Redis' time, ms. */
  expiresAt: number
  /** The end unless something happens. */
  idleUntil: number
  address: string
  userAgent?: string | undefined
}

export interface SignedIn {
  /** Goes into the cookie, and nowhere else. */
  token: string
  session: SessionInfo
}

export interface UserInfo {
  name: string
  role: Role
  createdAt: number
  createdBy: string
  hasPassword: boolean
}

export interface MachineTokenInfo {
  /** The SHA-256 of the token. */
  id: string
  name: string
  scope: MachineScope
  createdAt: number
  createdBy: string
  lastUsedAt?: number | undefined
}

export type Revocation = { sessions: string[] }

export type LimitAnswer = { allowed: true } | { allowed: false; retryAfterMs: number }

/**
 * Who may come in, and who they are. State is in Redis, so that all servers agree; times are Redis'.
 * Everything rejects when Redis cannot be reached: nobody is let in because nobody could be asked.
 */
export interface AuthService {
  /**
   * Uses up a one-time link. A link for the first operator makes that user, under `name` if given.
   * @throws SignInRefusedError, TooManyAttemptsError
   */
  signInWithLink(token: string, from: Origin, name?: string): Promise<SignedIn>
  /** @throws SignInRefusedError, TooManyAttemptsError */
  signInWithPassword(name: string, password: string, from: Origin): Promise<SignedIn>
  /** The session of a cookie's token, which counts as activity; null when there is none any more. */
  session(token: string): Promise<SessionInfo | null>
  /** The same by the session's id; with `slide: false` it does not count as activity. */
  sessionById(id: string, options?: { slide?: boolean }): Promise<SessionInfo | null>
  /** A connected board is activity. Answers the ids of those that are no more. */
  touch(ids: readonly string[]): Promise<string[]>
  signOut(token: string): Promise<void>
  /** Everybody's sessions, or one user's, latest first. */
  sessions(user?: string): Promise<SessionInfo[]>
  /** False when there was none. */
  revokeSession(id: string): Promise<boolean>
  /** All of a user's, but one if named. Answers how many. */
  revokeSessionsOf(user: string, options?: { except?: string }): Promise<number>
  /** Heard on every server within moments; a lost hint is why servers also `touch`. Answers how to stop. */
  onRevoked(listener: (revocation: Revocation) => void): () => void

  hasUsers(): Promise<boolean>
  /** The link's token. For a user that exists, or for one that it may make: with `role`. */
  createSignInLink(link: { user: string; role?: Role; first?: boolean }): Promise<string>
  users(): Promise<UserInfo[]>
  user(name: string): Promise<UserInfo | null>
  /** @throws UserRuleError when there is one already */
  addUser(user: {
    name: string
    role: Role
    password?: string | undefined
    by: string
  }): Promise<void>
  /** @throws UserRuleError for nobody, or the last admin */
  setRole(name: string, role: Role): Promise<void>
  /** Ends all other sessions of the user. @throws UserRuleError */
  setPassword(name: string, password: string, options?: { keepSession?: string }): Promise<void>
  /** Counts against the limit of sign-ins. @throws TooManyAttemptsError */
  confirmPassword(name: string, password: string, from: Origin): Promise<boolean>
  /** Ends all sessions too. @throws UserRuleError for nobody, or the last admin */
  removeUser(name: string): Promise<void>

  /** The machine of a bearer token, or null. */
  machine(token: string): Promise<MachineTokenInfo | null>
  /** Answers the token, which is shown once. */
  createMachineToken(token: {
    name: string
    scope: MachineScope
    by: string
  }): Promise<{ token: string; id: string }>
  machineTokens(): Promise<MachineTokenInfo[]>
  revokeMachineToken(id: string): Promise<boolean>

  /** Counts one action of a user or machine against its limit a minute. */
  takeAction(who: { user: string } | { machine: string }): Promise<LimitAnswer>
  /** Counts one call of a coordinator that comes by HTTP against the limit of its token. */
  takeCall(machine: string): Promise<LimitAnswer>

  /** Ends the subscription. Idempotent. */
  close(): Promise<void>
}
