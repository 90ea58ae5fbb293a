// Those programs of the seed that take their time.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { outputShape } from '../examples/output-shape'
import { startTestRedis, type TestRedis } from '../redis'
import { readSeed, seedNote } from './seed-document'
import { prepareSeedPrograms, type SeedPrograms } from './seed-programs'

const seed = readSeed()

it('is there', (context) => {
  if (!seed) context.skip(seedNote)
})

describe.skipIf(!seed)('the programs of the seed', () => {
  let programs: SeedPrograms
  let redis: TestRedis

  beforeAll(async () => {
    redis = await startTestRedis({ password: true })
    programs = await prepareSeedPrograms()
  }, 300_000)
  beforeEach(() => redis.flush())
  afterAll(async () => {
    programs?.remove()
    await redis?.stop()
  })

  it('3: a dead coordinator, found after two minutes', async () => {
    const { code, stdout, stderr } = await programs.run(3, redis)
    expect(outputShape(stdout), stderr).toEqual(outputShape(programs.example(3).output))
    for (const fact of [
      "timeoutDuration: '150s'",
      'Coordinator inactive for 150s (threshold: 120s)',
      'totalChecks: 5',
      'timeoutEventsTotal: 1',
      'cleanupsPerformed: 1',
    ]) {
      expect(stdout).toContain(fact)
    }
    expect(code).toBe(0)
  })

  it('4: a circuit breaker, and a Redis that comes back while it is open', async () => {
    await redis.shutdown()
    let started: Promise<void> | undefined
    const { code, stdout, stderr } = await programs.run(4, redis, {
      onOutput(text) {
        if (text.includes('Circuit open')) started ??= redis.restart()
      },
    })
    await started
    // It prints the error itself on stderr, with its stack.
    const failed = 'Circuit breaker execution failed: Error: Redis connection failed'
    const printed = programs.example(4).output.replace(`${failed}\n`, '')
    expect(outputShape(stdout), stderr).toEqual(outputShape(printed))
    expect(stderr).toContain(failed)
    expect(stderr).not.toContain('Retry failed')
    expect(code).toBe(0)
  })

  it('6: Loop 2, in which nobody answers for five minutes', async () => {
    const { code, stdout } = await programs.run(6, redis)
    expect(stdout).toContain('Received 0/3 ACKs')
    expect(stdout).toContain('CFN Loop 2 Validation Complete')
    expect(code).toBe(0)
  })
})
