import { createHash, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { serverKeys } from '../redis/keys'
import type { RunScript } from '../redis/run-script'
import { CommandError } from './command-error'

/** Whoever holds a turn renews it; when it runs out, its server is taken for gone. */
const LEASE_MS = 8_000
const RENEW_MS = 2_500
const RESULT_MS = 24 * 3_600_000
const POLL_MS = 40
/** A second press waits this long for the first one's result: longer than a lease lives by itself. */
const WAIT_MS = 30_000

const outcomeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    kind: z.enum(['forbidden', 'not-found', 'conflict', 'invalid', 'limited', 'unavailable']),
    message: z.string(),
    hint: z.string().optional(),
    fields: z.array(z.object({ field: z.string(), rule: z.string() })).optional(),
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
        const asked = run('beginRequest', [key], [holder, fingerprint, LEASE_MS])
        const [code, text] = await asked.catch((error: unknown) => {
          // An answer that did not come in time may mean that the turn is ours, and nobody knows.
          run('dropRequest', [key], [holder]).catch(() => {})
          throw error
        })
        if (code === 'OK') return { turn: createTurn(run, { key, holder, fingerprint, auditKept }) }
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

function createTurn(
  run: RunScript,
  it: { key: string; holder: string; fingerprint: string; auditKept: number },
): Turn {
  const { key, holder, fingerprint } = it
  const renewal = setInterval(() => {
    // What fails here is tried again; when all fail, the lease ends by itself.
    run('beginRequest', [key], [holder, fingerprint, LEASE_MS]).catch(() => {})
  }, RENEW_MS)
  renewal.unref()
  return {
    async finish(outcome, auditEntry) {
      clearInterval(renewal)
      const kept = [JSON.stringify(outcome), RESULT_MS, auditEntry, it.auditKept]
      const keys = [key, serverKeys.audit]
      return (await run('finishRequest', keys, [holder, fingerprint, ...kept]))[0] === 'OK'
    },
    async abandon() {
      clearInterval(renewal)
      await run('dropRequest', [key], [holder])
    },
  }
}
