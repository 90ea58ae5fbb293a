// @ts-check
// Bundles what runs outside of Next (the server, its commands, the demo's programs) into
// dist/server, each file in the place it has in server/, so that both are found the same way.
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { projectFolder } from '../embedded/data-folders.mjs'

const serverFolder = path.join(projectFolder, 'server')
const target = path.join(projectFolder, 'dist/server')

/** @param {string} folder @returns {string[]} */
const programsIn = (folder) =>
  readdirSync(path.join(serverFolder, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$/.test(entry.name))
    .map((entry) => path.join(serverFolder, folder, entry.name))

export async function buildServer() {
  const folders = ['.', 'cli', 'demo'].filter((folder) =>
    readdirSync(serverFolder).some((name) => folder === '.' || name === folder),
  )
  const entryPoints = folders.flatMap(programsIn)
  if (entryPoints.length === 0) throw new Error('server/ holds no program to bundle.')
  rmSync(target, { recursive: true, force: true })
  await build({
    entryPoints,
    outbase: serverFolder,
    outdir: target,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    tsconfig: path.join(projectFolder, 'tsconfig.json'),
    absWorkingDir: projectFolder,
    logLevel: 'warning',
  })
  return entryPoints.length
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  console.log(`Bundled ${await buildServer()} programs into dist/server.`)
}
