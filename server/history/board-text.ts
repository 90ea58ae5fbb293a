import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import * as z from 'zod'
import { type WireView, wireViewSchema } from '@/lib/protocol/view'
import { type View, viewFromWire, viewToWire } from '@/lib/view/view'

const zip = promisify(gzip)
const unzip = promisify(gunzip)

/** Of what is stored; another one is not read. */
const VERSION = 1
/** Records that are written or read in one go: between them, others get their turn. */
const PIECE = 500
/** No board is this large; what claims to be is not unpacked. */
const MOST_BYTES = 512 * 1024 * 1024

const LISTS = ['coordinators', 'signals', 'consensus', 'breakers', 'spawns', 'marks'] as const
type List = (typeof LISTS)[number]

const { shape } = wireViewSchema
const headSchema = wireViewSchema
  .pick({ seq: true, at: true, namespace: true, monitor: true })
  .extend({ version: z.literal(VERSION) })
const records: Record<List, z.ZodType> = {
  coordinators: shape.coordinators.element,
  signals: shape.signals.element,
  consensus: shape.consensus.element,
  breakers: shape.breakers.element,
  spawns: shape.spawns.element,
  marks: shape.marks.element,
}

const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A board as it is stored: one line of JSON for the board, one for each record, packed. */
export async function packBoard(view: View): Promise<Buffer> {
  const wire = viewToWire(view)
  const { seq, at, namespace } = wire
  // Sweeps are no events: of any later moment this one would tell an old time.
  const { lastSweepAt: _, ...monitor } = wire.monitor
  const pieces = [`${JSON.stringify({ version: VERSION, seq, at, namespace, monitor })}\n`]
  for (const list of LISTS) {
    for (let from = 0; from < wire[list].length; from += PIECE) {
      const lines = wire[list].slice(from, from + PIECE).map((it) => JSON.stringify([list, it]))
      pieces.push(`${lines.join('\n')}\n`)
      await breathe()
    }
  }
  return zip(Buffer.from(pieces.join(''), 'utf8'))
}

/** Undefined for what this version cannot read whole: half a board would look like one. */
export async function unpackBoard(packed: Buffer): Promise<View | undefined> {
  try {
    const lines = (await unzip(packed, { maxOutputLength: MOST_BYTES }))
      .toString('utf8')
      .split('\n')
    const { version: _, ...head } = headSchema.parse(JSON.parse(lines[0] ?? ''))
    const found: Record<List, unknown[]> = {
      coordinators: [],
      signals: [],
      consensus: [],
      breakers: [],
      spawns: [],
      marks: [],
    }
    for (let from = 1; from < lines.length; from += PIECE) {
      for (const line of lines.slice(from, from + PIECE)) {
        if (line === '') continue
        const [list, record] = lineSchema.parse(JSON.parse(line))
        found[list].push(records[list].parse(record))
      }
      await breathe()
    }
    return viewFromWire({ ...head, ...found } as WireView)
  } catch {
    return undefined
  }
}

const lineSchema = z.tuple([z.enum(LISTS), z.unknown()])
