import path from 'node:path'
import { build } from 'esbuild'

export const projectFolder = path.resolve(import.meta.dirname, '../../..')
/** Everything that a run writes; not in the repository. */
export const faultsFolder = path.join(projectFolder, '.signalbox/faults')

/** What every fault is given. */
export interface FaultContext {
  /** Small sizes, for whoever works on it: the figures say little. */
  readonly quick: boolean
  /** How long the soak takes. */
  readonly minutes: number
  /** The program of all child processes. */
  readonly childProgram: string
  readonly say: (text: string) => void
  /** What was started is ended after the fault, last first, however that went. */
  readonly endLater: (end: () => unknown) => void
}

/**
 * Bundles a program of child processes into one file, as a product would ship it: dozens of them
 * start at once, and a loader would take longer than what is tried.
 */
export async function buildProgram(entry: string, name: string): Promise<string> {
  const outfile = path.join(faultsFolder, 'build', `${name}.mjs`)
  await build({
    entryPoints: [path.resolve(import.meta.dirname, entry)],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
    tsconfig: path.join(projectFolder, 'tsconfig.json'),
  })
  return outfile
}
