import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type FinishedProcess, runProcess } from '@/test/run-process'
import { EXPECTED_BUCKETS, EXPECTED_METRICS, EXPECTED_OUTPUTS } from './expected-outputs'
import { metricsShape, outputShape } from './output-shape'

const command = path.resolve('server/cli/example.mjs')
const example = (...args: string[]): Promise<FinishedProcess> => runProcess([command, ...args])
const expected = (number: number) => outputShape(EXPECTED_OUTPUTS[number] ?? '')

describe('npm run example', { timeout: 120_000 }, () => {
  it.each([
    ['1', 'blocking coordination', []],
    ['2', 'signal and ACK verification', ['ACK signature valid: true']],
    [
      '3',
      'dead coordinator',
      ['timeoutEventsTotal: 1,', 'cleanupsPerformed: 1,', 'cleanupFailures: 0'],
    ],
    ['4', 'circuit breaker', ['{ attempt: 3, maxAttempts: 4, nextDelay: 40 }', 'failureCount: 3']],
    [
      '6',
      'Loop 2 validation',
      ['Received 3/3 ACKs', 'Average confidence: 0.92', 'Consensus threshold: 0.90'],
    ],
    ['7', 'error handling and retry', []],
  ])('-- %s: %s', async (number, _, facts) => {
    const { code, stdout, stderr } = await example(number, '--fast')
    expect(outputShape(stdout), stderr).toEqual(expected(Number(number)))
    for (const fact of facts) expect(stdout).toContain(fact)
    expect(code).toBe(0)
  })

  it('-- 5: Prometheus metrics', async () => {
    const { code, stdout, stderr } = await example('5')
    const [before = '', metrics = ''] = stdout.split(/(?<=Prometheus Metrics:\n)/)
    expect(outputShape(before), stderr).toEqual(expected(5))
    expect(metricsShape(metrics, EXPECTED_BUCKETS)).toEqual(
      metricsShape(EXPECTED_METRICS, EXPECTED_BUCKETS),
    )
    expect(code).toBe(0)
  })

  it('says what there is', async () => {
    const listed = await example('--help')
    expect(listed.code).toBe(0)
    expect(listed.stdout).toContain('3  dead coordinator')
    const unknown = await example('9')
    expect(unknown.code).toBe(1)
    expect(unknown.stdout + unknown.stderr).toContain('There is no example 9')
  })
})
