// @ts-check
// `npm test`: everything that must hold, in one run, from a fresh clone. Like the launcher it
// starts without node_modules.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildAll, isBuildFresh } from '../build/build-all.mjs'
import { arePackagesFresh, installPackages } from '../build/install-packages.mjs'
import { runTool } from '../build/run-tool.mjs'
import { cacheFolder, projectFolder } from '../embedded/data-folders.mjs'
import { findRedis } from '../embedded/find-redis.mjs'
import { PlainError } from '../embedded/plain-error.mjs'
import { endWithSignals } from './end-with-signals.mjs'
import { bold, line, red, sayError, seconds, step } from './terminal.mjs'
import { readCounts } from './test-report.mjs'

/**
 * @typedef {object} Check
 * @property {string} name as given on the command line
 * @property {string} title
 * @property {string[][]} commands of node, one after the other
 * @property {'vitest' | 'playwright'} [runner] whose report is counted
 * @property {boolean} [full] takes minutes: only where asked for
 */

const help = `npm test [-- check …]

Installs what is missing, then runs all checks on a Redis of their own: types, lint, imports,
scripts, unit, integration, e2e. Name some to run only those. \`npm run test:full\` also runs what
takes minutes: full, and the core's tests on a Cluster and behind Sentinel, core-cluster, core-sentinel.`

/** @param {string} file @param {string[]} words */
const tool = (file, ...words) => [path.join(projectFolder, 'node_modules', file), ...words]
/** @param {string} file @param {string[]} words */
const own = (file, ...words) => [path.join(projectFolder, 'server', file), ...words]
const vitest = (/** @type {string[]} */ ...projects) => {
  const named = projects.flatMap((it) => ['--project', it])
  return tool('vitest/vitest.mjs', 'run', ...named, '--reporter=default', '--reporter=json')
}

/** @type {Check[]} */
const checks = [
  {
    name: 'types',
    title: 'Types',
    commands: [tool('next/dist/bin/next', 'typegen'), tool('typescript/bin/tsc', '--noEmit')],
  },
  {
    name: 'lint',
    title: 'Lint',
    commands: [
      tool('@biomejs/biome/bin/biome', 'check', '.'),
      tool('eslint/bin/eslint.js', '--max-warnings', '0', '.'),
    ],
  },
  { name: 'imports', title: 'Imports', commands: [own('build/check-imports.mjs')] },
  { name: 'scripts', title: 'Scripts', commands: [own('build/build-scripts.mjs', '--check')] },
  { name: 'unit', title: 'Unit', commands: [vitest('unit', 'components')], runner: 'vitest' },
  {
    name: 'integration',
    title: 'Integration',
    commands: [vitest('integration')],
    runner: 'vitest',
  },
  {
    name: 'e2e',
    title: 'Browser',
    commands: [tool('@playwright/test/cli.js', 'test')],
    runner: 'playwright',
  },
  { name: 'full', title: 'Full', commands: [vitest('full')], runner: 'vitest', full: true },
  {
    name: 'core-cluster',
    title: 'The core on a Cluster',
    commands: [vitest('core-cluster')],
    runner: 'vitest',
    full: true,
  },
  {
    name: 'core-sentinel',
    title: 'The core behind Sentinel',
    commands: [vitest('core-sentinel')],
    runner: 'vitest',
    full: true,
  },
]

/** Who runs the tests may have a Redis and a control room: they must never reach them. */
function testEnvironment() {
  /** @type {Record<string, string | undefined>} */
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' }
  for (const name of Object.keys(env)) {
    const reaches = /^(REDIS_|BLOCKING_COORDINATION_|SIGNALBOX_DATA_DIR$|PORT$|NODE_ENV$)/
    if (reaches.test(name)) delete env[name]
  }
  // Node warns on every process that is told both.
  delete env.FORCE_COLOR
  return /** @type {NodeJS.ProcessEnv} */ (env)
}

/** @param {Check[]} chosen */
async function prepare(chosen) {
  if (!arePackagesFresh()) await step('Packages', installPackages)
  const needs = (/** @type {string[]} */ ...names) =>
    chosen.some(({ name }) => names.includes(name))
  if (needs('integration', 'e2e', 'full', 'core-cluster', 'core-sentinel')) {
    await step('Redis', async (note) => {
      const found = await findRedis({ cacheFolder, say: note })
      note(found.kind === 'binary' ? `${found.version} (${found.source})` : found.image)
    })
  }
  if (needs('e2e')) {
    const { installChromium } = await import('../build/install-chromium.mjs')
    await step('Chromium', async (note) => note(await installChromium(note)))
    if (!isBuildFresh()) await step('Build', buildAll)
  }
}

/**
 * @param {Check} check
 * @param {string} folder for reports and logs
 * @returns {Promise<import('./test-report.mjs').Counts>}
 * @throws with what it said, when it failed
 */
async function runCheck(check, folder, counted = { passed: 0, failed: 0, skipped: 0 }) {
  const report = path.join(folder, `${check.name}.json`)
  rmSync(report, { force: true })
  await step(check.title, async (note) => {
    let said = ''
    let failed = false
    for (const command of check.commands) {
      const words =
        check.runner === 'vitest' ? [...command, `--outputFile.json=${report}`] : command
      const { code, output } = await runTool(process.execPath, words, {
        env: { ...testEnvironment(), PLAYWRIGHT_JSON_OUTPUT_FILE: report },
        onLine: (text) => text.trim() && note(text.trim().slice(0, 60)),
      })
      said += output
      failed ||= code !== 0
    }
    writeFileSync(path.join(folder, `${check.name}.log`), said)
    note('')
    if (check.runner) {
      Object.assign(counted, readCounts(report))
      note(`${counted.passed} passed`)
      if (counted.passed + counted.failed === 0) said += '\nNo test ran.'
      failed ||= counted.failed > 0 || counted.passed === 0
    }
    if (failed) throw new PlainError(said.trim())
  })
  return counted
}

async function main() {
  const words = process.argv.slice(2)
  if (words.includes('--help') || words.includes('-h')) return line(help)
  const full = words.includes('--full')
  const names = words.filter((word) => word !== '--full')
  const unknown = names.find((name) => !checks.some((check) => check.name === name))
  if (unknown) throw new PlainError(`There is no check "${unknown}".\n\n${help}`)
  const chosen = checks.filter((check) =>
    names.length ? names.includes(check.name) : !check.full || full,
  )

  const since = performance.now()
  const folder = path.join(projectFolder, '.signalbox/tests')
  mkdirSync(folder, { recursive: true })
  line(`\n${bold('Signalbox tests')}`)
  await prepare(chosen)

  const total = { passed: 0, failed: 0, skipped: 0 }
  /** @type {string[]} */
  const failures = []
  for (const check of chosen) {
    const counted = { passed: 0, failed: 0, skipped: 0 }
    try {
      await runCheck(check, folder, counted)
    } catch (error) {
      failures.push(check.title)
      line(error instanceof PlainError ? error.message : String(error))
    }
    total.passed += counted.passed
    total.failed += counted.failed
    total.skipped += counted.skipped
  }

  line()
  if (failures.length) line(`${red('Failed:')} ${failures.join(', ')}`)
  const wantsTests = chosen.some(({ runner }) => runner)
  line(`${chosen.length} checks in ${seconds(since)}`)
  line(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  const ranNone = wantsTests && total.passed + total.failed === 0
  process.exitCode = failures.length || ranNone ? 1 : 0
}

const ending = endWithSignals([])
try {
  await main()
} catch (error) {
  if (!ending.begun) {
    sayError(error)
    line('0 passed, 1 failed, 0 skipped')
    process.exitCode = 1
  }
}
