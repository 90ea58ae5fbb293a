/** `name-0`, `name-1` … */
export function idsOf(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${name}-${at}`)
}

/** The same in so many parts, of nearly one size. */
export function shared<T>(all: readonly T[], parts: number): T[][] {
  return Array.from({ length: parts }, (_, part) => all.filter((__, at) => at % parts === part))
}
