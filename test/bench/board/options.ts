import { parseArgs } from 'node:util'

const SECTIONS = ['delivery', 'servers', 'browser', 'idle'] as const
export type SectionName = (typeof SECTIONS)[number]

export interface BoardOptions {
  readonly help: boolean
  readonly sections: readonly SectionName[]
  readonly coordinators: number
  readonly beats: number
  readonly events: number
  readonly sockets: number
  readonly loadProcesses: number
  /** How long the browser's heap is watched. */
  readonly minutes: number
  readonly quick: boolean
  readonly profile: boolean
  /** Measures what is built, however old. */
  readonly asBuilt: boolean
}

/** @throws Error saying which word or number is wrong */
export function parseBoardOptions(args: readonly string[]): BoardOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      quick: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      'as-built': { type: 'boolean', default: false },
      minutes: { type: 'string' },
      coordinators: { type: 'string', default: '10000' },
      beats: { type: 'string', default: '2000' },
      events: { type: 'string', default: '200' },
      sockets: { type: 'string', default: '500' },
      'load-processes': { type: 'string', default: '4' },
    },
  })
  const sections = positionals.map((word) => {
    const section = SECTIONS.find((it) => it === word)
    if (!section) throw new Error(`nothing is called '${word}'; there are ${SECTIONS.join(', ')}`)
    return section
  })
  const { quick, profile, help } = values
  return {
    help,
    quick,
    profile,
    asBuilt: values['as-built'],
    sections: sections.length > 0 ? sections : SECTIONS,
    coordinators: whole('--coordinators', values.coordinators),
    beats: whole('--beats', values.beats),
    events: whole('--events', values.events),
    sockets: whole('--sockets', values.sockets),
    loadProcesses: whole('--load-processes', values['load-processes']),
    minutes: positive('--minutes', values.minutes ?? (quick ? '1' : '10')),
  }
}

function whole(name: string, text: string): number {
  const value = positive(name, text)
  if (Number.isInteger(value)) return value
  throw new Error(`${name} must be a whole number, not '${text}'`)
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`${name} must be a number above 0, not '${text}'`)
}

export function boardHelp(): string {
  return `Measures the board under a load of real coordinator processes: the built server, a Redis of its
own (append-only, synced each second), and, one after the other:

  npm run bench:board                all of it, about fourteen minutes
  npm run bench:board -- --quick     all of it, shorter, about four minutes
  npm run bench:board -- browser     one part

Parts
  delivery   500 sockets: Redis write → socket, what the server takes, what each client gets
  servers    what a second and a third server add to the load of Redis
  browser    one Chromium: first content, scrolling, filtering, input to paint, heap over minutes
  idle       the second start of \`npm run up\`, and the memory of a control room without work

Options
  --quick             shorter stretches, and one minute of heap
  --minutes N         how long the heap is watched (default 10)
  --coordinators N    default 10000
  --beats N           beats a second, all together (default 2000)
  --events N          events a second, all together (default 200)
  --sockets N         default 500
  --load-processes N  processes in which the coordinators live (default 4)
  --profile           CPU profiles of the server and of the page, for Chromium's developer tools
  --as-built          measures what is built, however old
  --help              this text

Tables go to standard output, progress to standard error, all figures as JSON to .signalbox/bench.
The sources are built first where they changed.`
}
