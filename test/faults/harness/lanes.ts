/** Does it for all, so many at a time. */
export async function inLanes<T>(
  lanes: number,
  all: readonly T[],
  act: (it: T, at: number) => Promise<void>,
): Promise<void> {
  let next = 0
  const lane = async () => {
    for (let at = next++; at < all.length; at = next++) await act(all[at] as T, at)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}

export function shuffled<T>(all: readonly T[]): T[] {
  return all
    .map((it) => ({ it, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ it }) => it)
}
