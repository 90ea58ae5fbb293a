import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** One example of the document that this library was made for: a program, and what it prints. */
export interface SeedExample {
  readonly number: number
  readonly program: string
  readonly output: string
}

const root = path.resolve(import.meta.dirname, '../..')

/** `SIGNALBOX_SEED` names it; on a user's machine it usually isn't there. */
export const seedFile = path.resolve(
  root,
  process.env.SIGNALBOX_SEED ?? '../shared/seed/cfn-loop-examples.md',
)

export const seedNote = `The seed is not at ${seedFile}; SIGNALBOX_SEED can name it.`

/** Its examples in their order, or undefined where the document is not there. */
export function readSeed(): SeedExample[] | undefined {
  if (!existsSync(seedFile)) return undefined
  const sections = readFileSync(seedFile, 'utf8').split(/^## Example (?=\d+:)/m)
  return sections.slice(1).map((section) => ({
    number: Number.parseInt(section, 10),
    program: block(section, /```typescript\n([\s\S]*?)```/),
    output: block(section, /\*\*Output.*\n```\n([\s\S]*?)```/),
  }))
}

function block(section: string, pattern: RegExp): string {
  const text = pattern.exec(section)?.[1]
  if (text === undefined) throw new Error(`No ${pattern} in ${section.split('\n')[0]}`)
  return text
}

const MODULES: readonly [pattern: RegExp, package_: string][] = [
  [/^\.\/((?:cfn-loop|observability)\/.+?)(?:\.js)?$/, 'signalbox/$1'],
  [/^redis$/, 'signalbox'],
]

/** The program with nothing changed but where its import lines import from. */
export function withPackageImports(program: string): string {
  return program.replace(/^(import\b[^'"]*|\} from )'([^']+)'/gm, (_, before, from: string) => {
    const [pattern, package_] = MODULES.find(([it]) => it.test(from)) ?? []
    return `${before}'${pattern && package_ ? from.replace(pattern, package_) : from}'`
  })
}
