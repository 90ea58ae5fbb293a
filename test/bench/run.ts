// `npm run bench`: measures, prints the table, writes the figures.
import path from 'node:path'
import { buildProgram } from '../build-program'
import { openRun, readOptions } from '../open-run'
import { type BenchContext, benchFolder } from './harness/context'
import { type MeasuredRow, measureRow } from './harness/measure-row'
import { createProgress } from './harness/progress'
import { tableOf } from './harness/table'
import { helpText, parseOptions } from './options'

const options = readOptions(parseOptions, helpText)
const run = await openRun(benchFolder)
const context: BenchContext = {
  childProgram: await buildProgram(
    path.join(import.meta.dirname, 'harness/child.ts'),
    path.join(benchFolder, 'build/child.mjs'),
  ),
  profileFolder: options.profile ? path.join(benchFolder, `profiles-${run.at}`) : undefined,
  say: createProgress(),
  only: (name) => options.peers.length === 0 || options.peers.includes(name),
}
console.log(`${run.machine}; medians of ${options.rounds} rounds, quotients round by round.\n`)

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

const rows = measured.map(({ row: { name, title, figures }, ...rest }) => ({
  name,
  title,
  figures,
  ...rest,
}))
run.keep({ rounds: options.rounds, rows })
if (context.profileFolder) {
  console.error(`Profiles: ${path.relative(process.cwd(), context.profileFolder)}`)
}
process.exit(0)
