import path from 'node:path'

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
