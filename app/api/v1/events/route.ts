import { z } from 'zod'
import { type BoxEvent, EVENT_TYPES } from '@/lib/protocol/events'
import {
  coordinatorIdSchema,
  SEQUENCE_START,
  type Sequence,
  sequenceSchema,
} from '@/lib/protocol/ids'
import { createEventLog, type EventLog } from '@/lib/redis/stores/event-log'
import { type EventQuery, searchBackward, searchForward } from '@/lib/redis/stores/event-search'
import { Turnstile } from '@/lib/runtime/turnstile'
import { ACTOR_KINDS, isEventBy } from '@/lib/view/event-actor'
import { eventConcerns } from '@/lib/view/event-concerns'
import { eventHolds } from '@/lib/view/event-holds'
import { isStillKnown } from '../../_http/caller'
import { route } from '../../_http/define-route'
import { machineScope } from '../../_http/machine-scope'
import { HttpProblem } from '../../_http/problem'
import { EXPORT_FORMATS, exportResponse } from '../../_reads/event-export'

/** Entries looked at for one page: a filter that fits nothing must not read the whole log at once. */
const SCAN = 20_000
const EXPORT_PAGE = 1000
const EXPORT_MOST = 100_000
/** However many exports run, they read one page at a time: the board comes first. */
const exportReads = new Turnstile({ atOnce: 1 })

const families = new Set(EVENT_TYPES.map((it) => `${it.split('.')[0]}.`))
const known = (it: string) => families.has(it) || EVENT_TYPES.some((type) => type === it)
const kinds = new Set(ACTOR_KINDS.map((it) => `${it}:`))

const query = z.strictObject({
  after: sequenceSchema.optional(),
  before: sequenceSchema.optional(),
  /** Types or families (`signal.`), separated by commas. */
  type: z
    .string()
    .max(2000)
    .transform((text) => text.split(',').map((it) => it.replace(/\.\*$/, '.')))
    .refine((types) => types.every(known), 'must name types of events, or families such as signal.')
    .optional(),
  coordinator: coordinatorIdSchema.optional(),
  /** Who caused it, such as `operator:ada`, or a kind of them: `operator:`. */
  actor: z
    .string()
    .min(1)
    .max(160)
    .refine(
      (it) => !it.endsWith(':') || kinds.has(it),
      'must name somebody, or a kind such as operator:',
    )
    .optional(),
  /** Stands in the event's text, in whatever case. */
  q: z.string().min(1).max(100).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  format: z.enum(EXPORT_FORMATS).optional(),
})

export const GET = route({ role: 'viewer', machines: true, query }, async (call) => {
  const { runtime, query: asked } = call
  const scope = machineScope(call.caller, runtime)
  if (scope && (asked.coordinator === undefined || !scope.coordinator(asked.coordinator))) {
    throw new HttpProblem(403, 'A machine token reads the events of its own coordinators only.', {
      hint: 'Name one with `coordinator=`.',
    })
  }
  const log = createEventLog(runtime.redis, runtime.keys)
  const wanted = eventQuery(asked)
  if (asked.format) {
    const { request } = call
    const pages = exported(log, wanted, request.signal, asked.after)
    return exportResponse(asked.format, pages, () => isStillKnown(request, runtime))
  }

  const range = { limit: asked.limit, scan: SCAN }
  const [found, oldest] = await Promise.all([
    asked.after === undefined
      ? searchBackward(log, wanted, { ...range, before: asked.before })
      : searchForward(log, wanted, { ...range, after: asked.after }),
    log.oldest(),
  ])
  const last = found.events.at(-1)?.seq
  const forward = asked.after !== undefined
  const next = forward ? (found.reached ?? last) : last
  const previous = forward ? undefined : found.reached
  return {
    events: found.events,
    ...(next === undefined ? {} : { next }),
    ...(previous === undefined ? {} : { previous }),
    ...(oldest === undefined ? {} : { oldest }),
  }
})

function eventQuery(asked: z.infer<typeof query>): EventQuery {
  const { coordinator, actor, q } = asked
  const conditions: ((event: BoxEvent) => boolean)[] = []
  if (coordinator !== undefined) conditions.push((it) => eventConcerns(it, coordinator))
  if (actor !== undefined) conditions.push((it) => isEventBy(it, actor))
  if (q !== undefined) conditions.push((it) => eventHolds(it, q))
  const words = [coordinator, actorWord(actor)].filter((it) => it !== undefined)
  return {
    types: asked.type,
    words,
    text: q,
    holds: (event) => conditions.every((it) => it(event)),
  }
}

/** What the text of such an entry holds. Only a coordinator and the system have no kind before their name. */
function actorWord(actor: string | undefined): string | undefined {
  return actor === 'coordinator:' || actor === 'system:' ? undefined : actor
}

async function* exported(
  log: EventLog,
  wanted: EventQuery,
  gone: AbortSignal,
  after: Sequence = SEQUENCE_START,
) {
  let cursor = after
  // A filter that nothing fits is looked for to the end of the log, without a page to break off at.
  for (let count = 0; count < EXPORT_MOST && !gone.aborted; ) {
    const range = { after: cursor, limit: EXPORT_PAGE, scan: EXPORT_PAGE }
    const found = await exportReads.pass({ who: 'export', gone }, () =>
      searchForward(log, wanted, range),
    )
    if (found === undefined) return
    count += found.events.length
    if (found.events.length > 0) yield found.events
    if (found.reached === undefined) return
    cursor = found.reached
  }
}
