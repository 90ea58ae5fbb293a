import type { MouseEvent } from 'react'

/**
 * For a button that comes up where another was just pressed: the second press of a double one was meant
 * for that, and must not close what came of it before anybody has read it.
 */
export function singlePress(run: () => void): (event: MouseEvent) => void {
  return ({ detail }) => {
    if (detail < 2) run()
  }
}
