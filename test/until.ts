/** Waits for a condition, asked again and again; the runner's own time-out ends a hopeless wait. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  everyMs = 15,
): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, everyMs))
}
