// `npm run bench:board`: the board under load, measured, with its goals.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { buildAll, isBuildFresh } from '@/server/build/build-all.mjs'
import { openRun, readOptions } from '../../open-run'
import { benchFolder } from '../harness/context'
import { createProgress } from '../harness/progress'
import { type BoardWorld, createWorld } from './board-world'
import { type BoardSection, boardTable, holds } from './figures'
import { measureBrowser } from './measure-browser'
import { measureDelivery } from './measure-delivery'
import { measureIdle } from './measure-idle'
import { measureServers } from './measure-servers'
import { boardHelp, parseBoardOptions } from './options'

const options = readOptions(parseBoardOptions, boardHelp)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))

const say = createProgress()
if (!options.asBuilt && !isBuildFresh()) await buildAll((note) => note && say(`building ${note}`))
const run = await openRun(benchFolder)
const profileFolder = options.profile ? path.join(benchFolder, `profiles-${run.at}`) : undefined
if (profileFolder) mkdirSync(profileFolder)
console.log(`${run.machine}, load before ${run.loadBefore.toFixed(2)}.\n`)

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
const rows = sections.map((section) => ({
  ...section,
  figures: section.figures.map((it) => ({ ...it, goal: it.goal?.text, holds: holds(it) })),
}))
run.keep({ options, rows }, 'board-')
if (profileFolder) console.error(`Profiles: ${path.relative(process.cwd(), profileFolder)}`)
process.exit(0)
