import { parseArgs } from 'node:util'
import { allRows } from './all-rows'
import type { Row } from './harness/row'

export interface BenchOptions {
  readonly help: boolean
  readonly rows: readonly Row[]
  readonly rounds: number
  readonly profile: boolean
  /** Only these peers take part; all where it is empty. */
  readonly peers: readonly string[]
}

/** @throws Error saying which word or number is wrong */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      rounds: { type: 'string', default: '7' },
      profile: { type: 'boolean', default: false },
      peer: { type: 'string', multiple: true, default: [] },
    },
  })
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new Error(`--rounds must be a whole number from 1 on, not '${values.rounds}'`)
  }
  const rows = positionals.map((name) => {
    const row = allRows.find((it) => it.name === name)
    if (!row) throw new Error(`no row is called '${name}'; there are ${names()}`)
    return row
  })
  return {
    help: values.help,
    rows: rows.length > 0 ? rows : allRows,
    rounds,
    profile: values.profile,
    peers: values.peer,
  }
}

export function helpText(): string {
  const widest = Math.max(...allRows.map((it) => it.name.length))
  const rows = allRows.map((it) => `  ${it.name.padEnd(widest)}  ${it.title}`)
  return `Measures Signalbox beside its peers: the same Redis, in turns, medians of rounds.

  npm run bench                    all rows, eight to twelve minutes
  npm run bench -- signal deaths   some rows

Rows
${rows.join('\n')}

Options
  --rounds N    rounds that count, after one that warms up (default 7; at least 5 say something)
  --peer NAME   only this peer beside ours; may be given several times
  --profile     CPU profiles of our own processes, for Chromium's developer tools
  --help        this text

The table goes to standard output, progress to standard error, and all figures as JSON to
.signalbox/bench. A peer whose server is not installed is skipped by name.`
}

function names(): string {
  return allRows.map((it) => it.name).join(', ')
}
