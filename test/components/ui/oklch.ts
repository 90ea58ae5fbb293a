export interface Oklch {
  l: number
  c: number
  h: number
}

/** Reads `oklch(0.2 0.013 215)`; undefined for anything else, such as a colour with transparency. */
export function parseOklch(value: string): Oklch | undefined {
  const found = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(value.trim())
  if (found === null) return undefined
  return { l: Number(found[1]), c: Number(found[2]), h: Number(found[3]) }
}

const axes = ({ l, c, h }: Oklch) =>
  [l, c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)] as const

/** `color-mix(in oklab, first part, second)`. */
export function mix(first: Oklch, second: Oklch, part: number): Oklch {
  const [l1, a1, b1] = axes(first)
  const [l2, a2, b2] = axes(second)
  const of = (x: number, y: number) => x * part + y * (1 - part)
  const a = of(a1, a2)
  const b = of(b1, b2)
  return { l: of(l1, l2), c: Math.hypot(a, b), h: (Math.atan2(b, a) * 180) / Math.PI }
}

// The matrices are those of Björn Ottosson's Oklab, https://bottosson.github.io/posts/oklab/
function linearOf(colour: Oklch): Rgb {
  const [L, a, b] = axes(colour)
  const l = (L + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (L - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (L - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}

type Rgb = readonly [number, number, number]
const clip = (value: number) => Math.min(1, Math.max(0, value))
const each = ([red, green, blue]: Rgb, of: (value: number) => number): Rgb => [
  of(red),
  of(green),
  of(blue),
]
const encode = (value: number) =>
  value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055
const decode = (value: number) =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4

const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue

function ratio(first: Rgb, second: Rgb): number {
  const [one, two] = [luminance(first), luminance(second)]
  return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05)
}

/** WCAG's contrast ratio, 1 to 21. */
export function contrast(first: Oklch, second: Oklch): number {
  return ratio(linearOf(first), linearOf(second))
}

export interface Filter {
  saturate: number
  brightness: number
}

/** Reads `saturate(0.2) brightness(0.95)`; undefined for any other filter. */
export function parseFilter(value: string): Filter | undefined {
  const found = /^saturate\(([\d.]+)\) brightness\(([\d.]+)\)$/.exec(value.trim())
  if (found === null) return undefined
  return { saturate: Number(found[1]), brightness: Number(found[2]) }
}

/** The contrast of two colours that a filter lies over. */
export function contrastUnder(filter: Filter, first: Oklch, second: Oklch): number {
  return ratio(filtered(filter, first), filtered(filter, second))
}

// The matrix of `feColorMatrix type="saturate"`, https://www.w3.org/TR/filter-effects-1/#saturateEquivalent
function filtered({ saturate: s, brightness }: Filter, colour: Oklch): Rgb {
  const [red, green, blue] = each(linearOf(colour), encode)
  const grey = 0.213 * red + 0.715 * green + 0.072 * blue
  const less = each([red, green, blue], (value) => clip(grey + s * (value - grey)))
  return each(less, (value) => decode(clip(value * brightness)))
}
