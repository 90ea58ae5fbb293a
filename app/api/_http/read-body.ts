import { HttpProblem } from './problem'

/** Deeper than any body of this API; payloads have a smaller limit of their own. */
const MAX_DEPTH = 24

/** The JSON of a request, read up to a limit; undefined when there is no body at all. */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const text = await readText(request, maxBytes)
  if (text === '') return undefined
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new HttpProblem(415, 'A body has to be application/json.')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new HttpProblem(400, 'The body is not JSON.')
  }
  checkShape(value)
  return value
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  const tooLarge = () => new HttpProblem(413, `A body has at most ${maxBytes} bytes here.`)
  if (announced > maxBytes) throw tooLarge()
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      // Whoever sent it went away: nobody hears this, and nothing went wrong here.
      throw new HttpProblem(400, 'The body ended before its end.')
    })
    if (done) break
    bytes += value.byteLength
    if (bytes > maxBytes) {
      await reader.cancel().catch(() => {})
      throw tooLarge()
    }
    chunks.push(value)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new HttpProblem(400, 'The body is not UTF-8.')
  }
}

/**
 * Before any schema sees it, and without recursion: a body of brackets must not exhaust the stack,
 * and a key `__proto__` must not reach code that copies objects.
 */
function checkShape(root: unknown): void {
  const stack: { value: unknown; depth: number }[] = [{ value: root, depth: 1 }]
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { value, depth } = top
    if (typeof value !== 'object' || value === null) continue
    if (depth > MAX_DEPTH) {
      throw new HttpProblem(400, `A body is at most ${MAX_DEPTH} levels deep.`)
    }
    if (Object.hasOwn(value, '__proto__')) {
      throw new HttpProblem(400, 'A body has no key __proto__.')
    }
    for (const inner of Object.values(value)) stack.push({ value: inner, depth: depth + 1 })
  }
}
