import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import path from 'node:path'
import { testRedisProgram } from './redis'

/** One run of `npm run bench`, `bench:board` or `faults`: on which machine, and where its figures go. */
export interface Run {
  /** When it began, as it stands in names of files. */
  readonly at: string
  /** In words. */
  readonly machine: string
  readonly loadBefore: number
  /** Writes what came out as JSON, and says where. */
  keep(figures: object, prefix?: string): void
}

/** Begins a run whose files go to this folder. */
export async function openRun(folder: string): Promise<Run> {
  const at = new Date().toISOString().replaceAll(':', '-').slice(0, 19)
  mkdirSync(folder, { recursive: true })
  const redis = await testRedisProgram()
  const machine = {
    node: process.version,
    redis: redis.kind === 'binary' ? redis.version : redis.image,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    loadBefore: loadavg()[0] ?? 0,
  }
  return {
    at,
    machine: `Node ${machine.node}, Redis ${machine.redis}, ${machine.cores} × ${machine.processor}`,
    loadBefore: machine.loadBefore,
    keep(figures, prefix = '') {
      const file = path.join(folder, `${prefix}${at}.json`)
      writeFileSync(file, `${JSON.stringify({ at, machine, ...figures }, null, 2)}\n`)
      console.error(`Figures: ${path.relative(process.cwd(), file)}`)
    },
  }
}

/** What the command line asks for. A word that is wrong, or a wish for help, ends the program. */
export function readOptions<T extends { readonly help: boolean }>(
  parse: (args: readonly string[]) => T,
  helpText: () => string,
): T {
  try {
    const options = parse(process.argv.slice(2))
    if (!options.help) return options
    console.log(helpText())
    return process.exit(0)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return process.exit(2)
  }
}
