// The program of all child processes: it plays one part, and does what the parent asks for.
import { lateWriterPart } from '../parts/late-writer'
import { monitorPart } from '../parts/monitor'
import { swarmPart } from '../parts/swarm'
import type { ChildAnswer, ChildRequest } from './child-process'
import type { Part } from './part'

const parts: Readonly<Record<string, () => Part>> = {
  swarm: swarmPart,
  monitor: monitorPart,
  'late-writer': lateWriterPart,
}

const name = process.argv[2] ?? ''
const part = parts[name]?.()
if (!part) throw new Error(`no part is called '${name}'`)

process.on('message', (message) => {
  const { id, method, args } = message as ChildRequest
  if (method === 'end') {
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
    return
  }
  run(method, args).then(
    (result) => answer({ id, result }),
    (error: unknown) =>
      answer({ id, error: error instanceof Error ? (error.stack ?? '') : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))

async function run(method: string, args: unknown): Promise<unknown> {
  const call = part?.[method]
  if (!call) throw new Error(`${name} can't ${method}`)
  return call(args as never)
}

async function end(): Promise<void> {
  const cap = new Promise<void>((resolve) => setTimeout(resolve, 2000).unref())
  await Promise.race([Promise.resolve(part?.close?.(undefined as never)), cap])
}

function answer(it: ChildAnswer): void {
  process.send?.(it)
}
