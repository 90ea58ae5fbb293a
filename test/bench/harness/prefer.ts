import { constants, setPriority } from 'node:os'

/**
 * Has the system prefer a process to what else runs, where it lets us: on a busy machine waiting for
 * a processor would be most of what is measured. All contenders and their servers get the same.
 */
export function prefer(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_HIGHEST)
  } catch {
    // Only a privileged user may. The quotients hold all the same, with more spread.
  }
}
