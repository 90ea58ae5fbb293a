/** Smaller maps are copied: that costs next to nothing, and a plain map is the quickest to read. */
const LARGE = 1_000
/**
 * So many changes are carried from map to map before all of it is copied once more: about where the copy of
 * ten thousand, shared out over the batches in between, costs as much as that of the changes.
 */
const MOST_CHANGES = 400

export function isLarge(map: ReadonlyMap<string, unknown>): boolean {
  return map.size >= LARGE
}

/**
 * A large map with some entries put, in the order that a `Map` would have. Only the changes are copied, and
 * the whole when somebody walks over it: a server folds 25 batches a second, a page ten, and each of them
 * copied ten thousand entries for a few that had changed.
 */
export function withChanges<V>(
  base: ReadonlyMap<string, V>,
  changes: ReadonlyMap<string, V>,
): ReadonlyMap<string, V> {
  if (!(base instanceof ChangedMap)) return new ChangedMap<V>(base, changes)
  const known: Layers<V> = base.layers()
  const all = new Map([...known.changes, ...changes])
  return all.size > MOST_CHANGES ? put(known.base, all) : new ChangedMap<V>(known.base, all)
}

interface Layers<V> {
  readonly base: ReadonlyMap<string, V>
  readonly changes: ReadonlyMap<string, V>
}

class ChangedMap<V> implements ReadonlyMap<string, V> {
  readonly size: number
  private whole: Map<string, V> | undefined

  constructor(
    private readonly base: ReadonlyMap<string, V>,
    private readonly changes: ReadonlyMap<string, V>,
  ) {
    let added = 0
    for (const id of changes.keys()) if (!base.has(id)) added += 1
    this.size = base.size + added
  }

  /** What a map that follows has to build on. */
  layers(): Layers<V> {
    const { whole, base, changes } = this
    return whole ? { base: whole, changes: new Map() } : { base, changes }
  }

  get(id: string): V | undefined {
    return this.changes.get(id) ?? this.base.get(id)
  }

  has(id: string): boolean {
    return this.changes.has(id) || this.base.has(id)
  }

  forEach(visit: (value: V, id: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [id, value] of this.all()) visit(value, id, this)
  }

  entries(): MapIterator<[string, V]> {
    return this.all().entries()
  }

  keys(): MapIterator<string> {
    return this.all().keys()
  }

  values(): MapIterator<V> {
    return this.all().values()
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries()
  }

  private all(): Map<string, V> {
    this.whole ??= put(this.base, this.changes)
    return this.whole
  }
}

function put<V>(base: ReadonlyMap<string, V>, changes: ReadonlyMap<string, V>): Map<string, V> {
  const map = new Map(base)
  for (const [id, value] of changes) map.set(id, value)
  return map
}
