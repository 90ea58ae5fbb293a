// `npm run bench:board`: the board under load, measured, with its goals.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { buildAll, isBuildFresh } from '@/server/build/build-all.mjs'
import { testRedisProgram } from '../../redis'
import { benchFolder } from '../harness/context'
import { createProgress } from '../harness/progress'
import { type BoardWorld, createWorld } from './board-world'
import { type BoardSection, boardTable, holds } from './figures'
import { measureBrowser } from './measure-browser'
import { measureDelivery } from './measure-delivery'
import { measureIdle } from './measure-idle'
import { measureServers } from './measure-servers'
import { boardHelp, parseBoardOptions } from './options'

const options = readOptions()
if (options.help) {
  console.log(boardHelp())
  process.exit(0)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const at = new Date().toISOString().replaceAll(':', '-').slice(0, 19)
const say = createProgress()
const profileFolder = options.profile ? path.join(benchFolder, `profiles-${at}`) : undefined
mkdirSync(profileFolder ?? benchFolder, { recursive: true })
if (!options.asBuilt && !isBuildFresh()) await buildAll((note) => note && say(`building ${note}`))

const redis = await testRedisProgram()
const machine = {
  node: process.version,
  redis: redis.kind === 'binary' ? redis.version : redis.image,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  loadBefore: loadavg()[0],
}
console.log(
  `Node ${machine.node}, Redis ${machine.redis}, ${machine.cores} × ${machine.processor}, load before ${machine.loadBefore?.toFixed(2)}.\n`,
)

const sections: BoardSection[] = []
const done = (section: BoardSection) => {
  say('')
  sections.push(section)
  console.log(boardTable(section))
}
const { quick } = options
const wants = (name: (typeof options.sections)[number]) => options.sections.includes(name)
let world: BoardWorld | undefined
try {
  if (wants('delivery') || wants('servers') || wants('browser')) {
    const { coordinators, beats, events, loadProcesses } = options
    world = await createWorld({
      coordinators,
      beatsPerSecond: beats,
      eventsPerSecond: events,
      loadProcesses,
      say,
      profileFolder,
    })
    const client = world.redis.client()
    if (wants('delivery')) {
      const seconds = quick ? 20 : 60
      done(await measureDelivery(world, client, { sockets: options.sockets, seconds }))
    }
    if (wants('servers')) {
      const turns = quick ? { rounds: 2, seconds: 5 } : { rounds: 5, seconds: 6 }
      done(await measureServers(world, client, turns))
    }
    if (wants('browser')) {
      const { minutes } = options
      const scrollSeconds = quick ? 6 : 10
      done(await measureBrowser(world, { minutes, scrollSeconds, quick, profileFolder }))
    }
    await world.stop()
    world = undefined
  }
  if (wants('idle')) done(await measureIdle(say))
} finally {
  await world?.stop()
}

const figures = sections.flatMap((it) => it.figures)
const missed = figures.filter((it) => holds(it) === false)
console.log(
  missed.length === 0
    ? 'All goals that were measured hold.'
    : `Missed: ${missed.map((it) => `${it.name} (${it.goal?.text})`).join('; ')}.`,
)
const file = path.join(benchFolder, `board-${at}.json`)
const rows = sections.map((section) => ({
  ...section,
  figures: section.figures.map((it) => ({ ...it, goal: it.goal?.text, holds: holds(it) })),
}))
writeFileSync(file, `${JSON.stringify({ at, machine, options, rows }, null, 2)}\n`)
console.error(`Figures: ${path.relative(process.cwd(), file)}`)
if (profileFolder) console.error(`Profiles: ${path.relative(process.cwd(), profileFolder)}`)
process.exit(0)

function readOptions() {
  try {
    return parseBoardOptions(process.argv.slice(2))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(2)
  }
}
