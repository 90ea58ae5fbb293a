/**
 * What a program printed, one entry a line, with an object that is broken over lines as one entry: times,
 * ids and white space aside.
 */
export function outputShape(text: string): string[] {
  const entries: string[] = []
  let open = ''
  for (const line of text.split('\n')) {
    open += ` ${line}`
    if (depth(open) > 0) continue
    const entry = shapeOf(open)
    if (entry !== '') entries.push(entry)
    open = ''
  }
  if (open.trim() !== '') entries.push(shapeOf(open))
  return entries
}

const depth = (text: string) => text.split('{').length - text.split('}').length

function shapeOf(text: string): string {
  return text
    .replace(/(coordinator-)\d{10,}-[0-9a-z]{6}/g, '$1<replacement>')
    .replace(/\d+(\.\d+)?/g, '#')
    .replace(/\s+/g, '')
}

/**
 * The same for metrics: labels have no order, and more buckets than those asked for are no difference.
 *
 * @param buckets the values of `le` that count
 */
export function metricsShape(text: string, buckets: readonly string[]): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [, name, labels, value] = /^(\w+)\{(.*)\} (\S+)$/.exec(line) ?? []
      if (name === undefined || labels === undefined) return [line]
      const parts = labels.split(',')
      const le = parts.find((it) => it.startsWith('le='))?.slice(4, -1)
      if (le !== undefined && !buckets.includes(`${name} ${le}`)) return []
      // How long it took decides the sum, and whether a bucket holds it: a busy machine may be late.
      const known = /_(sum|bucket)$/.test(name) ? '#' : value
      return [`${name}{${parts.sort().join(',')}} ${known}`]
    })
}

/** Each of `wanted` is in `found`, in that order; others may stand between. Answers the first that is not. */
export function firstMissing(
  wanted: readonly string[],
  found: readonly string[],
): string | undefined {
  let from = 0
  for (const entry of wanted) {
    const at = found.indexOf(entry, from)
    if (at < 0) return entry
    from = at + 1
  }
  return undefined
}
