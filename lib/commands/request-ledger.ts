import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { serverKeys } from '../redis/keys'
import type { RunScript } from '../redis/run-script'
import { CommandError } from './command-error'

/** Longer than any action takes: whoever holds a turn longer is taken for gone. */
const LEASE_MS = 60_000
const RESULT_MS = 24 * 3_600_000
const POLL_MS = 40
/** A second press waits this long for the first one's result. */
const WAIT_MS = 30_000

const outcomeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    kind: z.enum(['forbidden', 'not-found', 'conflict', 'invalid', 'limited', 'unavailable']),
    message: z.string(),
    hint: z.string().optional(),
  }),
])
/** What a press came to: kept, and answered to the same press again. */
export type Outcome = z.infer<typeof outcomeSchema>

/** The right to carry out one press, which nobody else has meanwhile. */
export interface Turn {
  /** Keeps the outcome and writes the audit entry in one step; false when the turn was lost. */
  finish(outcome: Outcome, auditEntry: string): Promise<boolean>
  /** Nobody can say whether it happened: the same press may be tried again. */
  abandon(): Promise<void>
}

export type Begun = { turn: Turn } | { outcome: Outcome }

export interface RequestLedger {
  /** @throws CommandError when the id stands for another action, or the first press does not end */
  begin(user: string, requestId: string, fingerprint: string): Promise<Begun>
}

export function fingerprintOf(command: string, input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([command, input]))
    .digest('base64url')
}

/**
 * One press, one effect: also when two servers get the same press at once. The first takes the
 * turn; the others wait for its outcome.
 */
export function createRequestLedger(run: RunScript, auditKept: number): RequestLedger {
  return {
    async begin(user, requestId, fingerprint) {
      const key = serverKeys.request(user, requestId)
      const holder = randomBytes(16).toString('base64url')
      for (let waited = 0; waited <= WAIT_MS; waited += POLL_MS) {
        const [code, text] = await run('beginRequest', [key], [holder, fingerprint, LEASE_MS])
        if (code === 'OK') return { turn: createTurn(run, key, holder, auditKept) }
        if (code === 'DONE') return { outcome: outcomeSchema.parse(JSON.parse(text ?? '')) }
        if (code === 'CONFLICT') {
          throw new CommandError(
            'conflict',
            'This request id was used for another action already.',
            'Press the button again.',
          )
        }
        await sleep(POLL_MS)
      }
      throw new CommandError(
        'unavailable',
        'The same action is still being carried out.',
        'Look in the log how it ended before you press again.',
      )
    },
  }
}

function createTurn(run: RunScript, key: string, holder: string, auditKept: number): Turn {
  return {
    async finish(outcome, auditEntry) {
      const args = [holder, JSON.stringify(outcome), RESULT_MS, auditEntry, auditKept]
      return (await run('finishRequest', [key, serverKeys.audit], args))[0] === 'OK'
    },
    async abandon() {
      await run('dropRequest', [key], [holder])
    },
  }
}
