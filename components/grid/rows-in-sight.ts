/** Rows that are rendered beyond each edge, so that scrolling meets what is there already, px. */
const MARGIN = 200

/**
 * The rows between `top` and `top + height`, and some around them: from the first up to, but without,
 * the end.
 *
 * @param starts where each row begins, px, ascending, and at the end where the last one ends
 */
export function rowsInSight(
  starts: readonly number[],
  top: number,
  height: number,
): { first: number; end: number } {
  const rows = starts.length - 1
  if (rows <= 0 || height <= 0) return { first: 0, end: 0 }
  return {
    first: Math.max(0, rowAt(starts, top - MARGIN)),
    end: Math.min(rows, rowAt(starts, top + height + MARGIN) + 1),
  }
}

/** The last row that begins at or above `y`; -1 above all of them. */
function rowAt(starts: readonly number[], y: number): number {
  let [low, high] = [0, starts.length - 1]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= y) low = middle + 1
    else high = middle
  }
  return low - 1
}
