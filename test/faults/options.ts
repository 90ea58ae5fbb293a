import { parseArgs } from 'node:util'
import { allFaults } from './all-faults'
import type { Fault } from './harness/fault'

export interface FaultOptions {
  readonly help: boolean
  readonly faults: readonly Fault[]
  readonly quick: boolean
  readonly minutes: number
}

/** @throws Error saying which word or number is wrong */
export function parseOptions(args: readonly string[]): FaultOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      quick: { type: 'boolean', default: false },
      minutes: { type: 'string' },
    },
  })
  const minutes = Number(values.minutes ?? (values.quick ? '1' : '30'))
  if (!Number.isFinite(minutes) || minutes <= 0) {
    throw new Error(`--minutes must be a number above 0, not '${values.minutes}'`)
  }
  const faults = positionals.map((name) => {
    const fault = allFaults.find((it) => it.name === name)
    if (!fault) throw new Error(`no fault is called '${name}'; there are ${names()}`)
    return fault
  })
  return {
    help: values.help,
    faults: faults.length > 0 ? faults : allFaults,
    quick: values.quick,
    minutes,
  }
}

export function helpText(): string {
  const widest = Math.max(...allFaults.map((it) => it.name.length))
  const faults = allFaults.map((it) => `  ${it.name.padEnd(widest)}  ${it.title} (${it.takes})`)
  return `Does to Signalbox what goes wrong in real life, and reads afterwards what became of it.

  npm run faults                        all of them, more than an hour
  npm run faults -- kill-redis clocks   some

Faults
${faults.join('\n')}

Options
  --quick       small sizes, to see that a fault runs; its figures say little
  --minutes N   how long the soak takes (default 30)
  --help        this text

The table goes to standard output, progress to standard error, and all figures as JSON to
.signalbox/faults. What this machine lacks is skipped by name. Ends with 1 if something that must
come out did not.`
}

function names(): string {
  return allFaults.map((it) => it.name).join(', ')
}
