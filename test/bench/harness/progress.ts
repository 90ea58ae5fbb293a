/** One line that changes on a terminal; elsewhere a line when the part before its comma does. */
export function createProgress(): (text: string) => void {
  if (process.stderr.isTTY) return (text) => process.stderr.write(`\r\x1b[2K${text}`)
  let last = ''
  return (text) => {
    const part = text.split(',')[0] ?? ''
    if (part && part !== last) process.stderr.write(`${part}\n`)
    last = part
  }
}
