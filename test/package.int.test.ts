// The package as somebody else meets it: packed, installed in an empty folder, imported and required.
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runTool } from '@/server/build/run-tool.mjs'
import { builtPackage } from './built-package'
import { EXPECTED_OUTPUTS } from './examples/expected-outputs'
import { outputShape } from './examples/output-shape'
import { startTestRedis, type TestRedis } from './redis'
import { runProcess } from './run-process'

let folder: string
let redis: TestRedis
let packed: string[]

beforeAll(async () => {
  redis = await startTestRedis({ password: true })
  folder = mkdtempSync(path.join(tmpdir(), 'signalbox-package-'))
  const source = path.join(folder, 'source')
  // A copy: another test may build again meanwhile.
  cpSync(await builtPackage(), source, { recursive: true })
  const npm = async (...args: string[]) => {
    const { code, output } = await runTool('npm', args, { cwd: folder })
    if (code !== 0) throw new Error(`npm ${args.join(' ')}: ${output}`)
    return output
  }
  await npm('pack', './source', '--pack-destination', '.')
  rmSync(source, { recursive: true })
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? ''
  packed = (await runTool('tar', ['-tzf', tarball], { cwd: folder })).output.trim().split('\n')
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  await npm('install', `./${tarball}`, '--prefer-offline', '--no-audit', '--no-fund')
}, 300_000)

afterAll(async () => {
  await redis?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

function run(file: string) {
  return runProcess([path.join(folder, file)], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      REDIS_HOST: redis.host,
      REDIS_PORT: String(redis.port),
      REDIS_PASSWORD: redis.password,
      BLOCKING_COORDINATION_SECRET: 'a secret of thirty-two bytes or more',
    },
  })
}

describe('the packed package', () => {
  it('holds the core and its types, and nothing of the control room', () => {
    const names = packed.map((name) => name.replace('package/', ''))
    for (const name of [
      'package.json',
      'LICENSE',
      'index.js',
      'index.d.ts',
      'cfn-loop/blocking-coordination.js',
      'cfn-loop/blocking-coordination.d.ts',
      'cfn-loop/blocking-coordination-signals.js',
      'cfn-loop/coordinator-timeout-handler.js',
      'cfn-loop/circuit-breaker.js',
      'cfn-loop/loop-consensus.js',
      'observability/prometheus-metrics.js',
      'observability/prometheus-metrics.d.ts',
    ]) {
      expect(names).toContain(name)
    }
    const foreign = names.filter((name) =>
      /^(app|components|server|commands|auth|view|runtime)\//.test(name),
    )
    expect(foreign).toEqual([])
  })

  it('brings only what the core needs', () => {
    const installed = readdirSync(path.join(folder, 'node_modules')).filter((it) => it[0] !== '.')
    expect(installed).toContain('ioredis')
    for (const name of ['next', 'react', 'socket.io', 'pino']) expect(installed).not.toContain(name)
  })

  it('runs example 1', async () => {
    await build({
      entryPoints: [path.resolve('examples/1-blocking-coordination.ts')],
      outfile: path.join(folder, 'example.mjs'),
      bundle: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
      // The sources' own paths would bundle the library instead of using the package.
      tsconfigRaw: {},
    })
    const { code, stdout, stderr } = await run('example.mjs')
    expect(outputShape(stdout), stderr).toEqual(outputShape(EXPECTED_OUTPUTS[1] ?? ''))
    expect(code).toBe(0)
  })

  it('can be required, and is the same module as the imported one', async () => {
    writeFileSync(
      path.join(folder, 'required.cjs'),
      `const { CircuitBreaker, createClient, BlockingCoordinationManager } = require('signalbox')
       const { CircuitBreaker: Same } = require('signalbox/cfn-loop/circuit-breaker')
       require('signalbox/observability/prometheus-metrics').timeoutEventsTotal.labels('a', 'blocking').inc()
       import('signalbox').then(async (imported) => {
         const metrics = await require('prom-client').register.metrics()
         console.log([
           imported.CircuitBreaker === CircuitBreaker, Same === CircuitBreaker,
           typeof createClient, typeof BlockingCoordinationManager,
           metrics.includes('timeout_events_total{coordinator_id="a",reason="blocking"} 1'),
         ].join(' '))
       })`,
    )
    const { code, stdout, stderr } = await run('required.cjs')
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'true true function function true\n',
      stderr: '',
    })
  })

  it('has types that a strict program can use', async () => {
    writeFileSync(
      path.join(folder, 'typed.ts'),
      `import { BlockingCoordinationManager, BlockingCoordinationSignals, CircuitBreaker, createClient, type SignalAck } from 'signalbox'
       import { LoopConsensus } from 'signalbox/cfn-loop/loop-consensus'
       import { blockingDurationSeconds } from 'signalbox/observability/prometheus-metrics'
       const manager = new BlockingCoordinationManager({ redisClient: createClient(), coordinatorId: 'a', hmacSecret: 'b' })
       const ack: Promise<SignalAck | null> = manager.getAck('signal-1')
       new CircuitBreaker().on('attempt:failed', ({ nextDelay }) => nextDelay.toFixed(0))
       const policy: LoopConsensus['policy'] = 'average'
       blockingDurationSeconds.labels('s', 'c', 'completed').observe(1)
       // What the environment may lack is handed on as it is.
       const { REDIS_HOST, REDIS_PASSWORD, SIGNALBOX_CLAIM } = process.env
       const redisClient = createClient({ socket: { host: REDIS_HOST }, password: REDIS_PASSWORD })
       new BlockingCoordinationSignals({ redisHost: REDIS_HOST, redisPassword: REDIS_PASSWORD })
       new BlockingCoordinationManager({ redisClient, coordinatorId: 'a', hmacSecret: 'b', claim: SIGNALBOX_CLAIM })
       // @ts-expect-error a coordinator has to have an id
       new BlockingCoordinationManager({ redisClient: createClient(), hmacSecret: 'b' })
       export { ack, policy }`,
    )
    writeFileSync(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          exactOptionalPropertyTypes: true,
          noEmit: true,
          skipLibCheck: true,
          module: 'nodenext',
          target: 'es2022',
          types: ['node'],
          typeRoots: [path.resolve('node_modules/@types')],
        },
        files: ['typed.ts'],
      }),
    )
    const { stdout } = await runProcess(
      [path.resolve('node_modules/typescript/bin/tsc'), '-p', folder],
      { cwd: folder },
    )
    expect(stdout).toBe('')
  }, 120_000)
})
