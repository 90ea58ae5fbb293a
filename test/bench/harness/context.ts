import { existsSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

/** Everything that a run writes; not in the repository. */
export const benchFolder = path.resolve(import.meta.dirname, '../../../.signalbox/bench')

/** What every row is given. */
export interface BenchContext {
  /** The program of all child processes. */
  readonly childProgram: string
  /** Where CPU profiles of our own processes go; none are taken without. */
  readonly profileFolder: string | undefined
  readonly say: (text: string) => void
  /** One is asked for by name, the others are skipped. */
  readonly only: (contender: string) => boolean
}

/**
 * Builds the program that all child processes run, ours and the peers' alike: one file, as a
 * product would ship it, so that no loader takes part in the measuring.
 */
export async function buildChildProgram(
  entry = path.resolve(import.meta.dirname, 'child.ts'),
  name = 'child',
): Promise<string> {
  const outfile = path.join(benchFolder, `build/${name}.mjs`)
  if (!existsSync(entry)) throw new Error(`${entry} is missing`)
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
    tsconfig: path.resolve(import.meta.dirname, '../../../tsconfig.json'),
  })
  return outfile
}
