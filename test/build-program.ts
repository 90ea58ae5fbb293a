import path from 'node:path'
import { build } from 'esbuild'

/**
 * Bundles a program of child processes into one file, as a product would ship it: dozens of them start
 * at once, and no loader takes part in what is measured or tried.
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
