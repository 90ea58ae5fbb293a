/** Tells, on stderr only, what happens: for who debugs. */
export type DebugLog = (message: string, facts?: object) => void

const silent: DebugLog = () => {}

/** @param who stands before every line */
export function createDebugLog(enabled: boolean, who: string): DebugLog {
  if (!enabled) return silent
  return (message, facts) => {
    const rest = facts === undefined ? '' : ` ${JSON.stringify(facts, readable)}`
    process.stderr.write(`[signalbox] ${who}: ${message}${rest}\n`)
  }
}

function readable(_key: string, value: unknown): unknown {
  if (value instanceof Error) return `${value.name}: ${value.message}`
  return typeof value === 'bigint' ? String(value) : value
}
