/**
 * A label's value, or `other` once there are too many: whoever names swarms must not be able to
 * fill the memory of whoever watches them.
 */
export class SeriesCap {
  private readonly known = new Set<string>()

  constructor(private readonly most: number) {}

  of(value: string): string {
    if (this.known.has(value)) return value
    if (this.known.size >= this.most) return 'other'
    this.known.add(value)
    return value
  }
}
