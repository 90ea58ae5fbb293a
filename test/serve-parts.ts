import type { ChildAnswer, ChildRequest } from './child-process'

/** What a child process can be asked for, by name. `prepare` comes first, `close` last. */
export type Part = Readonly<Record<string, (args: never) => unknown>>

/** The whole of a child's program: it plays the part that it is named, and does what the parent asks for. */
export function serveParts(parts: Readonly<Record<string, () => Part>>): void {
  const name = process.argv[2] ?? ''
  const part = parts[name]?.()
  if (!part) throw new Error(`no part is called '${name}'`)

  process.on('message', (message) => {
    const { id, method, args } = message as ChildRequest
    if (method === 'end') {
      end(part).then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
      return
    }
    run(name, part, method, args).then(
      (result) => answer({ id, result }),
      (error: unknown) =>
        answer({ id, error: error instanceof Error ? (error.stack ?? '') : String(error) }),
    )
  })
  process.on('disconnect', () => process.exit(0))
}

async function run(name: string, part: Part, method: string, args: unknown): Promise<unknown> {
  const call = part[method]
  if (!call) throw new Error(`${name} can't ${method}`)
  return call(args as never)
}

async function end(part: Part): Promise<void> {
  const cap = new Promise<void>((resolve) => setTimeout(resolve, 2000).unref())
  await Promise.race([Promise.resolve(part.close?.(undefined as never)), cap])
}

function answer(it: ChildAnswer): void {
  process.send?.(it)
}
