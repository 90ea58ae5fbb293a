// `npm run faults`: tries each fault, prints the table, writes the figures.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { testRedisProgram } from '../redis'
import { buildProgram, type FaultContext, faultsFolder } from './harness/context'
import { type Fault, Skipped } from './harness/fault'
import { holds, TABLE_HEAD, type TriedFault, tableLines } from './harness/table'
import { helpText, parseOptions } from './options'

const options = readOptions()
if (options.help) {
  console.log(helpText())
  process.exit(0)
}

const at = new Date().toISOString().replaceAll(':', '-').slice(0, 19)
mkdirSync(faultsFolder, { recursive: true })
const childProgram = await buildProgram('child.ts', 'child')
const redis = await testRedisProgram()
const machine = {
  node: process.version,
  redis: redis.kind === 'binary' ? redis.version : redis.image,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  loadBefore: loadavg()[0],
}
console.log(
  `Node ${machine.node}, Redis ${machine.redis}, ${machine.cores} × ${machine.processor}` +
    `${options.quick ? '; quick sizes, whose figures say little' : ''}.\n\n${TABLE_HEAD}`,
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
const file = path.join(faultsFolder, `${at}.json`)
const { quick, minutes } = options
writeFileSync(file, `${JSON.stringify({ at, machine, quick, minutes, tried }, null, 2)}\n`)
console.error(`Figures: ${path.relative(process.cwd(), file)}`)
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

function readOptions() {
  try {
    return parseOptions(process.argv.slice(2))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
}
