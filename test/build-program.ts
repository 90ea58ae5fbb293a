import path from 'node:path'
import { build } from 'esbuild'

/** Where what tests build stands; not in the repository, but where packages are found. */
export const programsFolder = path.resolve(import.meta.dirname, '../.signalbox/tests/programs')

/**
 * Bundles a program of child processes into one file, as a product would ship it: where it starts
 * often, or dozens of times at once, a loader would take most of the time.
 */
export async function buildProgram(entry: string, outfile: string): Promise<string> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
    tsconfig: path.resolve(import.meta.dirname, '../tsconfig.json'),
  })
  return outfile
}
