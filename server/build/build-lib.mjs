// @ts-check
// Makes the package `signalbox` in dist/signalbox: the core alone, as ES modules with their types.
// Node 20.19 and later load it by `import` and by `require` alike, so there is one copy of every
// class and registry, whichever way a program takes.
import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import { projectFolder } from '../embedded/data-folders.mjs'
import { runTool } from './run-tool.mjs'

const lib = path.join(projectFolder, 'lib')
const target = path.join(projectFolder, 'dist/signalbox')
/** What a coordinator's process may be made of. Everything else is the control room's. */
const allowed = /^lib\/(index\.ts|(protocol|config|redis|cfn-loop|observability)\/)/

const entryPoints = [
  path.join(lib, 'index.ts'),
  ...readdirSync(path.join(lib, 'cfn-loop'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join(lib, 'cfn-loop', name)),
  path.join(lib, 'observability/prometheus-metrics.ts'),
]

rmSync(target, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints,
  outbase: lib,
  outdir: target,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  metafile: true,
  absWorkingDir: projectFolder,
  tsconfig: path.join(projectFolder, 'tsconfig.json'),
  chunkNames: 'chunks/[hash]',
  logLevel: 'warning',
})

const foreign = Object.keys(metafile.inputs).filter((input) => !allowed.test(input))
if (foreign.length) fail(`Not the core's, but in the package: ${foreign.join(', ')}`)

const tsc = path.join(projectFolder, 'node_modules/typescript/bin/tsc')
const types = await runTool(process.execPath, [tsc, '--project', 'tsconfig.lib.json'])
if (types.code !== 0) fail(types.output)
for (const file of declarationFiles(target)) addExtensions(file)

const root = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8'))
const imported = new Set(
  Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, path: from }) => external && !from.startsWith('node:'))
    .map(({ path: from }) =>
      from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
)
const unknown = [...imported].filter((name) => !root.dependencies[name])
if (unknown.length) fail(`Imported, but no dependency: ${unknown.join(', ')}`)
const entry = (/** @type {string} */ file) => ({ types: `${file}.d.ts`, default: `${file}.js` })
const manifest = {
  name: root.name,
  version: root.version,
  description: root.description,
  license: root.license,
  type: 'module',
  engines: root.engines,
  sideEffects: false,
  exports: {
    '.': entry('./index'),
    './cfn-loop/*': entry('./cfn-loop/*'),
    './observability/prometheus-metrics': entry('./observability/prometheus-metrics'),
    './package.json': './package.json',
  },
  types: './index.d.ts',
  main: './index.js',
  dependencies: Object.fromEntries(
    [...imported].sort().map((name) => [name, root.dependencies[name]]),
  ),
}
writeFileSync(path.join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
for (const name of ['LICENSE', 'README.md']) {
  const file = path.join(projectFolder, name)
  if (existsSync(file)) copyFileSync(file, path.join(target, name))
}
console.log(
  `Built signalbox ${root.version} in dist/signalbox; \`npm pack ./dist/signalbox\` packs it.`,
)

/** @param {string} message @returns {never} */
function fail(message) {
  console.error(message)
  process.exit(1)
}

/** @param {string} folder @returns {string[]} */
function declarationFiles(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.d.ts'))
    .map((name) => path.join(folder, name))
}

/**
 * Sources import without extensions; whoever resolves like Node needs them.
 *
 * @param {string} file
 */
function addExtensions(file) {
  const text = readFileSync(file, 'utf8')
  const complete = text.replace(
    /((?:from|import)\s*\(?\s*['"])(\.{1,2}\/[^'"]+?)(['"])/g,
    (whole, before, from, after) =>
      existsSync(path.join(path.dirname(file), `${from}.d.ts`))
        ? `${before}${from}.js${after}`
        : whole,
  )
  if (complete !== text) writeFileSync(file, complete)
}
