/** The id in an event's entity: `coordinator:implementer-1` is about `implementer-1`. */
export function idOf(entity: string): string {
  return entity.slice(entity.indexOf(':') + 1)
}
