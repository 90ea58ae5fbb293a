import { z } from 'zod'
import {
  CONFIDENCE_UNIT,
  type ConsensusView,
  consensusViewSchema,
  outcomeSchema,
  remarksSchema,
  type Vote,
} from '../../protocol/consensus'
import { timestampSchema } from '../../protocol/ids'
import { parseJsonText } from './parse-json-text'

/** A vote as `v:<validator>` holds it; confidence in millionths. */
const storedVoteSchema = z.object({
  c: z.number().int().min(0).max(CONFIDENCE_UNIT),
  issues: remarksSchema,
  recommendations: remarksSchema,
  at: timestampSchema,
  replaced: z.number().int().nonnegative(),
})

export type ParsedConsensus =
  | { readonly ok: true; readonly value: ConsensusView }
  | { readonly ok: false; readonly problem: string }

/** Reads the hash of one round, as HGETALL gives it. A malformed one is a problem to log and skip. */
export function parseConsensus(
  key: string,
  hash: Readonly<Record<string, string>>,
): ParsedConsensus {
  const votes: Vote[] = []
  for (const [field, text] of Object.entries(hash)) {
    if (!field.startsWith('v:')) continue
    const stored = storedVoteSchema.safeParse(parseJsonText(text))
    if (!stored.success) return { ok: false, problem: `${field}: ${z.prettifyError(stored.error)}` }
    const { c, ...rest } = stored.data
    votes.push({ validatorId: field.slice(2), confidence: c / CONFIDENCE_UNIT, ...rest })
  }
  votes.sort((a, b) => a.at - b.at || (a.validatorId < b.validatorId ? -1 : 1))
  const outcome = hash.outcome === undefined ? undefined : parseJsonText(hash.outcome)
  const parsed = consensusViewSchema.safeParse({
    key,
    swarmId: hash.swarm,
    loop: Number(hash.loop),
    runId: hash.run,
    iteration: Number(hash.iteration),
    threshold: Number(hash.threshold) / CONFIDENCE_UNIT,
    policy: hash.policy,
    validators: parseJsonText(hash.validators ?? ''),
    quorum: Number(hash.quorum),
    openedAt: Number(hash.openedAt),
    deadline: Number(hash.deadline),
    votes,
    ...(hash.outcome === undefined ? {} : { outcome }),
    seq: hash.ev,
  })
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: z.prettifyError(parsed.error) }
}

export const parseOutcome = (text: string) => outcomeSchema.parse(parseJsonText(text))
