/** With `--fast` an example waits a hundredth of the time. */
export const fast = process.argv.includes('--fast')

export function pace(ms: number): number {
  return fast ? ms / 100 : ms
}
