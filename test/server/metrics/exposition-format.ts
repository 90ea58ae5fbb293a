/**
 * Reads Prometheus' text format as strictly as its documentation describes it, and answers every
 * series with its value. @throws Error naming the line that breaks a rule
 */
export function parseExposition(text: string): Map<string, number> {
  if (!text.endsWith('\n')) throw new Error('the last line must end with a line feed')
  const series = new Map<string, number>()
  const types = new Map<string, string>()
  const helped = new Set<string>()
  const finished = new Set<string>()
  let family: string | undefined
  for (const [index, line] of text.slice(0, -1).split('\n').entries()) {
    const wrong = (why: string) => new Error(`line ${index + 1}: ${why}: ${line}`)
    if (line === '') continue
    const meta = /^# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)$/.exec(line)
    if (line.startsWith('#')) {
      if (!meta) throw wrong('is no HELP, no TYPE')
      const [, kind = '', name = '', rest = ''] = meta
      if (name !== family) {
        if (finished.has(name)) throw wrong('its family stands in two places')
        if (family !== undefined) finished.add(family)
        family = name
      }
      if (kind === 'HELP') {
        if (helped.has(name)) throw wrong('a second HELP')
        if (/\\(?![\\n])/.test(rest)) throw wrong('an escape that there is not')
        helped.add(name)
        continue
      }
      if (types.has(name)) throw wrong('a second TYPE')
      if (!TYPES.has(rest)) throw wrong('an unknown type')
      types.set(name, rest)
      continue
    }
    const sample = SAMPLE.exec(line)
    if (!sample) throw wrong('is no sample')
    const [, name = '', labels = '', value = ''] = sample
    if (family === undefined || !belongs(name, family, types.get(family)))
      throw wrong(`does not belong to ${family}`)
    const names = [...labels.matchAll(LABEL)].map((it) => it[1] ?? '')
    if (new Set(names).size !== names.length) throw wrong('a label twice')
    const key = labels === '' ? name : `${name}{${labels}}`
    if (series.has(key)) throw wrong('a series twice')
    series.set(key, numberOf(value))
  }
  for (const name of types.keys()) if (types.get(name) === 'histogram') checkHistogram(name, series)
  return series
}

const TYPES = new Set(['counter', 'gauge', 'histogram', 'summary', 'untyped'])
const ONE_LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="(?:[^"\\\n]|\\["\\n])*"/g
// `Nan` is how the client library writes it; Prometheus reads numbers in any case.
const SAMPLE = new RegExp(
  String.raw`^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(${ONE_LABEL}(?:,${ONE_LABEL})*,?)?\})? ([-+]?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|Inf)|[Nn]a[Nn])(?: \d+)?$`,
)

function belongs(sample: string, family: string, type: string | undefined): boolean {
  if (sample === family) return type !== 'histogram'
  const rest = sample.startsWith(`${family}_`) ? sample.slice(family.length + 1) : ''
  if (type === 'histogram') return ['bucket', 'sum', 'count'].includes(rest)
  return type === 'summary' && ['sum', 'count'].includes(rest)
}

function numberOf(text: string): number {
  if (text.toLowerCase() === 'nan') return Number.NaN
  return text.endsWith('Inf') ? Number(text.replace('Inf', 'Infinity')) : Number(text)
}

/** Buckets grow, the last one is infinite, and holds as many as the count says. */
function checkHistogram(name: string, series: ReadonlyMap<string, number>): void {
  const buckets = new Map<string, { le: number; value: number }[]>()
  for (const [key, value] of series) {
    if (!key.startsWith(`${name}_bucket{`)) continue
    const le = /(?:^|[{,])le="([^"]+)"/.exec(key)?.[1]
    if (le === undefined) throw new Error(`${key}: a bucket without le`)
    const others = key
      .slice(name.length + '_bucket'.length)
      .replace(/le="[^"]+",?/, '')
      .replace(/,\}$/, '}')
    buckets.set(others, [...(buckets.get(others) ?? []), { le: numberOf(le), value }])
  }
  for (const [labels, list] of buckets) {
    const sorted = [...list].sort((one, other) => one.le - other.le)
    const last = sorted.at(-1)
    if (last?.le !== Number.POSITIVE_INFINITY) throw new Error(`${name}${labels}: no +Inf`)
    sorted.forEach((it, at) => {
      if (it.value < (sorted[at - 1]?.value ?? 0)) throw new Error(`${name}${labels}: shrinks`)
    })
    const count = series.get(`${name}_count${labels === '{}' ? '' : labels}`)
    if (count !== last.value) throw new Error(`${name}${labels}: ${last.value} are not ${count}`)
  }
}
