// `npm run faults`: tries each fault, prints the table, writes the figures.
import path from 'node:path'
import { buildProgram } from '../build-program'
import { openRun, readOptions } from '../open-run'
import { type FaultContext, faultsFolder } from './harness/context'
import { type Fault, Skipped } from './harness/fault'
import { holds, TABLE_HEAD, type TriedFault, tableLines } from './harness/table'
import { helpText, parseOptions } from './options'

const options = readOptions(parseOptions, helpText)
const run = await openRun(faultsFolder)
const childProgram = await buildProgram(
  path.join(import.meta.dirname, 'harness/child.ts'),
  path.join(faultsFolder, 'build/child.mjs'),
)
console.log(
  `${run.machine}${options.quick ? '; quick sizes, whose figures say little' : ''}.\n\n${TABLE_HEAD}`,
)

const tried: TriedFault[] = []
for (const fault of options.faults) {
  const result = await tryFault(fault)
  tried.push(result)
  console.log(tableLines(result))
}

const broken = tried.filter((it) => !holds(it)).map((it) => it.name)
console.log(
  broken.length === 0
    ? '\nEverything that was tried came out as it must.'
    : `\nDoes not hold: ${broken.join(', ')}.`,
)
const { quick, minutes } = options
run.keep({ quick, minutes, tried })
process.exit(broken.length === 0 ? 0 : 1)

async function tryFault(fault: Fault): Promise<TriedFault> {
  const { name, title } = fault
  const startedAt = performance.now()
  const ends: (() => unknown)[] = []
  const context: FaultContext = {
    quick: options.quick,
    minutes: options.minutes,
    childProgram,
    say: (text) => console.error(`${name}: ${text}`),
    endLater: (end) => ends.push(end),
  }
  const seconds = () => (performance.now() - startedAt) / 1000
  try {
    const outcome = await fault.run(context)
    return { name, title, outcome, seconds: seconds() }
  } catch (error) {
    if (error instanceof Skipped) {
      return { name, title, outcome: { skipped: error.message }, seconds: seconds() }
    }
    console.error(error)
    const failed = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    return { name, title, outcome: { failed }, seconds: seconds() }
  } finally {
    for (const end of ends.reverse()) {
      await Promise.resolve()
        .then(end)
        .catch((error: unknown) => console.error(error))
    }
  }
}
