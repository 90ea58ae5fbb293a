const BROWSERS: readonly [RegExp, string][] = [
  // Those that call themselves Chrome or Safari too come first.
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrom(?:e|ium)\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
  [/^curl\//, 'curl'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
]

/** `Firefox on Linux`: enough to recognise one's own browser by. It is what the browser claims. */
export function deviceOf(userAgent: string | undefined): string {
  if (!userAgent) return 'An unnamed browser'
  const browser = BROWSERS.find(([mark]) => mark.test(userAgent))?.[1]
  const system = SYSTEMS.find(([mark]) => mark.test(userAgent))?.[1]
  if (browser === undefined) return system === undefined ? userAgent.slice(0, 60) : `On ${system}`
  return system === undefined ? browser : `${browser} on ${system}`
}
