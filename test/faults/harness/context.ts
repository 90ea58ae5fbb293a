import path from 'node:path'

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
