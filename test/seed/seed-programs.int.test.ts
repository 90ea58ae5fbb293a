// The programs that this library was made for, as they are, with nothing changed but their import lines.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { BlockingCoordinationManager } from '@/lib/cfn-loop/blocking-coordination'
import { EXPECTED_BUCKETS, EXPECTED_METRICS, EXPECTED_OUTPUTS } from '../examples/expected-outputs'
import { metricsShape, outputShape } from '../examples/output-shape'
import { startTestRedis, type TestRedis } from '../redis'
import { readSeed, seedNote } from './seed-document'
import { prepareSeedPrograms, SECRET, type SeedPrograms } from './seed-programs'

const seed = readSeed()

it('is there', (context) => {
  if (!seed) context.skip(seedNote)
  expect(seed?.map((it) => it.number)).toEqual([1, 2, 3, 4, 5, 6, 7])
})

describe.skipIf(!seed)('the programs of the seed', { timeout: 120_000 }, () => {
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

  const manager = (coordinatorId: string) =>
    new BlockingCoordinationManager({
      redisClient: redis.client(),
      coordinatorId,
      hmacSecret: SECRET,
    })
  const expectOutput = (number: number, stdout: string, note: string) =>
    expect(outputShape(stdout), note).toEqual(outputShape(programs.example(number).output))

  it('pass a strict compiler', async () => {
    expect(await programs.check()).toBe('')
  })

  it.each([1, 2, 3, 4, 6, 7])('%i prints what our own example prints', (number) => {
    expect(outputShape(programs.example(number).output)).toEqual(
      outputShape(EXPECTED_OUTPUTS[number] ?? ''),
    )
  })

  it('1: basic blocking coordination', async () => {
    const { code, stdout, stderr } = await programs.run(1, redis)
    expectOutput(1, stdout, stderr)
    expect(code).toBe(0)
  })

  it('2: signal sending, to a receiver that answers', async () => {
    const receiver = manager('coordinator-receiver')
    const answering = receiver.waitForSignal({ timeoutMs: 100_000 }).then(async (signal) => {
      if (signal) await receiver.acknowledgeSignal(signal)
    })
    const { code, stdout, stderr } = await programs.run(2, redis)
    await answering
    await receiver.cleanup()
    expectOutput(2, stdout, stderr)
    expect(stdout).toContain('ACK signature valid: true')
    expect(code).toBe(0)
  })

  it('2: and to one that does not', async () => {
    const { code, stdout, stderr } = await programs.run(2, redis)
    expect(stdout).toContain('Waiting for ACK...')
    expect(stderr).toContain('ACK not received within timeout')
    expect(code).toBe(0)
  })

  it('5: Prometheus metrics', async () => {
    const { code, stdout, stderr } = await programs.run(5, redis)
    const parts = (text: string) => text.split(/(?<=Prometheus Metrics:\n)/)
    const [before = '', metrics = ''] = parts(stdout)
    const [wantedBefore = '', wantedMetrics = ''] = parts(programs.example(5).output)
    expect(outputShape(before), stderr).toEqual(outputShape(wantedBefore))
    expect(metricsShape(metrics, EXPECTED_BUCKETS)).toEqual(
      metricsShape(wantedMetrics, EXPECTED_BUCKETS),
    )
    expect(metricsShape(EXPECTED_METRICS, EXPECTED_BUCKETS)).toEqual(
      metricsShape(wantedMetrics, EXPECTED_BUCKETS),
    )
    expect(code).toBe(0)
  })

  it('6: Loop 2, with the ACKs of a signal that it never sends', async () => {
    const ids = ['validator-reviewer', 'validator-security', 'validator-performance']
    const validators = ids.map(manager)
    for (const validator of validators) {
      await validator.acknowledgeSignal({
        signalId: 'validation-signal-123',
        type: 'status_update',
        source: 'loop2-parent',
        targets: ids,
        timestamp: Date.now(),
      })
    }
    const { code, stdout, stderr } = await programs.run(6, redis)
    for (const validator of validators) await validator.cleanup()
    // It rolls dice for the confidences.
    const reached = '✅ CONSENSUS ACHIEVED - Proceeding to Loop 4'
    const missed = '❌ CONSENSUS NOT REACHED - Relaunch Loop 3'
    expectOutput(6, stdout.replace(missed, reached), stderr)
    expect(stdout).toContain('Received 3/3 ACKs')
    expect(code).toBe(0)
  })

  it('7: error handling and retry', async () => {
    const { code, stdout, stderr } = await programs.run(7, redis)
    expectOutput(7, stdout, stderr)
    expect(code).toBe(0)
  })
})
