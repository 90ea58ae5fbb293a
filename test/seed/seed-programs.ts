import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { transform } from 'esbuild'
import { builtPackage } from '../built-package'
import type { TestRedis } from '../redis'
import { type FinishedProcess, type ProcessOptions, runProcess } from '../run-process'
import { readSeed, type SeedExample, withPackageImports } from './seed-document'

export const SECRET = 'the secret that the programs of the seed share'

const root = path.resolve(import.meta.dirname, '../..')
const modules = path.join(root, 'node_modules')

/** The seed's programs in a folder of their own, in which the package is installed. */
export interface SeedPrograms {
  readonly folder: string
  example(number: number): SeedExample
  /** What the strict compiler has to say: nothing, if all is well. */
  check(): Promise<string>
  /** Runs one as a CommonJS program on `redis`, until it ends by itself. */
  run(
    number: number,
    redis: TestRedis,
    options?: Pick<ProcessOptions, 'onOutput'>,
  ): Promise<FinishedProcess>
  remove(): void
}

export async function prepareSeedPrograms(): Promise<SeedPrograms> {
  const examples = readSeed() ?? []
  const folder = mkdtempSync(path.join(tmpdir(), 'signalbox-seed-'))
  mkdirSync(path.join(folder, 'node_modules'))
  const install = (name: string, from: string) =>
    symlinkSync(from, path.join(folder, 'node_modules', name))
  install('signalbox', await builtPackage())
  install('prom-client', path.join(modules, 'prom-client'))
  install('@types', path.join(modules, '@types'))
  for (const { number, program } of examples) {
    const source = withPackageImports(program)
    writeFileSync(path.join(folder, `${number}.ts`), source)
    // They call `require`, so they are CommonJS.
    const { code } = await transform(source, { loader: 'ts', format: 'cjs', target: 'node20' })
    writeFileSync(path.join(folder, `${number}.js`), code)
  }
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "commonjs" }')
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        module: 'nodenext',
        target: 'es2022',
        types: ['node'],
      },
      files: examples.map((it) => `${it.number}.ts`),
    }),
  )
  return {
    folder,
    example(number) {
      const found = examples.find((it) => it.number === number)
      if (!found) throw new Error(`The seed has no example ${number}`)
      return found
    },
    async check() {
      const compiler = path.join(modules, 'typescript/bin/tsc')
      return (await runProcess([compiler, '-p', folder], { cwd: folder })).stdout
    },
    run: (number, redis, options = {}) =>
      runProcess(
        [
          '--require',
          path.join(import.meta.dirname, 'redirect-redis.cjs'),
          path.join(folder, `${number}.js`),
        ],
        {
          ...options,
          cwd: folder,
          env: {
            PATH: process.env.PATH,
            NODE_ENV: 'production',
            SIGNALBOX_TEST_REDIS_PORT: String(redis.port),
            REDIS_PASSWORD: redis.password,
            BLOCKING_COORDINATION_SECRET: SECRET,
          },
        },
      ),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
