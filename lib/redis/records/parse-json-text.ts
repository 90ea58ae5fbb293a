/** What a text holds as JSON; undefined where it is none, which no schema of a record accepts. */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
