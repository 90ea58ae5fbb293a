import type { Notice } from '@/lib/notifications/delivery-queue'
import type { WebhookSubject } from '@/lib/protocol/webhooks'
import { attentionOf } from '@/lib/view/attention'
import type { AttentionEntry, AttentionKind } from '@/lib/view/attention-entry'
import type { Moment } from '@/lib/view/moment'
import { sentenceText } from '@/lib/view/sentence'

/** Each coordinator's own trouble, however many of them make one entry: a group that changes is no news. */
const OWN: Readonly<Partial<Record<AttentionKind, string>>> = {
  dead: 'dead',
  'died-together': 'dead',
  'host-gone': 'dead',
  'process-gone': 'dead',
  failed: 'failed',
  'failed-together': 'failed',
  stale: 'stale',
  'late-together': 'stale',
}

/** Whose `since` moves while the trouble lasts: they are told apart by their names only. */
const MOVING: ReadonlySet<AttentionKind> = new Set(['breaker', 'refused-acks', 'expired', 'grace'])

/** A moving one that comes back within this time is the same trouble: a breaker that probes, for one, ms. */
const SAME_WITHIN_MS = 120_000
const DAY_MS = 86_400_000

const subjects: Record<Exclude<WebhookSubject, 'attention'>, ReadonlySet<AttentionKind>> = {
  deaths: new Set(['dead', 'died-together', 'host-gone', 'process-gone']),
  replacements: new Set(['failed', 'failed-together']),
  breakers: new Set(['breaker']),
}

/** What needs attention now and nobody has taken up, as it would be told. */
export function noticesOf(moment: Moment): Notice[] {
  return attentionOf(moment)
    .filter((it) => it.handling.state === 'open')
    .map((it) => noticeOf(it, moment))
}

/** Whether somebody asked to be told of this. */
export function isAbout({ entry }: Notice, about: readonly WebhookSubject[]): boolean {
  return about.some(
    (it) => it === 'attention' || (subjects[it] as ReadonlySet<string>).has(entry.kind),
  )
}

/** Nobody reads more, and nobody's script should. */
const MOST_NAMED = 100

function keysOf({ id, kind, since, coordinators }: AttentionEntry, { view }: Moment): string[] {
  const own = OWN[kind]
  if (own === undefined) return [MOVING.has(kind) ? id : `${id}@${since}`]
  return coordinators
    .slice(0, MOST_NAMED)
    .map((it) => `${own}:${it}@${view.coordinators.get(it)?.livenessSince ?? since}`)
}

function noticeOf(entry: AttentionEntry, moment: Moment): Notice {
  const { id, kind, title, sentence, since, coordinators } = entry
  return {
    keys: keysOf(entry, moment),
    rememberedMs: MOVING.has(kind) ? SAME_WITHIN_MS : DAY_MS,
    latest: entry.latest ?? since,
    entry: {
      id,
      kind,
      title,
      sentence: sentenceText(sentence),
      since: Math.round(since),
      coordinators: coordinators.slice(0, MOST_NAMED),
    },
  }
}
