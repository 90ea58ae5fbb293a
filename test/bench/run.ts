// `npm run bench`: measures, prints the table, writes the figures.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { testRedisProgram } from '../redis'
import { type BenchContext, benchFolder, buildChildProgram } from './harness/context'
import { type MeasuredRow, measureRow } from './harness/measure-row'
import { createProgress } from './harness/progress'
import { tableOf } from './harness/table'
import { helpText, parseOptions } from './options'

const options = readOptions()
if (options.help) {
  console.log(helpText())
  process.exit(0)
}

const at = new Date().toISOString().replaceAll(':', '-').slice(0, 19)
mkdirSync(benchFolder, { recursive: true })
const context: BenchContext = {
  childProgram: await buildChildProgram(),
  profileFolder: options.profile ? path.join(benchFolder, `profiles-${at}`) : undefined,
  say: createProgress(),
  only: (name) => options.peers.length === 0 || options.peers.includes(name),
}
const redis = await testRedisProgram()
const machine = {
  node: process.version,
  redis: redis.kind === 'binary' ? redis.version : redis.image,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  loadBefore: loadavg()[0],
}
console.log(
  `Node ${machine.node}, Redis ${machine.redis}, ${machine.cores} × ${machine.processor}; ` +
    `medians of ${options.rounds} rounds, quotients round by round.\n`,
)

const measured: MeasuredRow[] = []
for (const row of options.rows) {
  const result = await measureRow(row, context, options.rounds)
  context.say('')
  measured.push(result)
  console.log(tableOf(result))
}

const missed = measured.flatMap(({ goals }) =>
  goals.filter(({ goal, holds }) => holds === false && !goal.stretch).map(({ goal }) => goal.text),
)
console.log(
  missed.length === 0 ? 'All goals that were measured hold.' : `Missed: ${missed.join('; ')}.`,
)

const file = path.join(benchFolder, `${at}.json`)
const rows = measured.map(({ row: { name, title, figures }, ...rest }) => ({
  name,
  title,
  figures,
  ...rest,
}))
writeFileSync(file, `${JSON.stringify({ at, machine, rounds: options.rounds, rows }, null, 2)}\n`)
console.error(`Figures: ${path.relative(process.cwd(), file)}`)
if (context.profileFolder) {
  console.error(`Profiles: ${path.relative(process.cwd(), context.profileFolder)}`)
}
process.exit(0)

function readOptions() {
  try {
    return parseOptions(process.argv.slice(2))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
}
