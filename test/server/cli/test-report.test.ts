import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readCounts } from '@/server/cli/test-report.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'signalbox-report-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function counts(report: unknown) {
  const file = path.join(folder, 'report.json')
  writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report))
  return readCounts(file)
}
const vitest = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 }
const playwright = { expected: 5, unexpected: 0, flaky: 0, skipped: 2 }

it('counts what Vitest ran, and a file that does not load as one failure', () => {
  const testResults = [
    { status: 'failed', assertionResults: [] },
    { status: 'failed', assertionResults: [{}] },
  ]
  expect(counts({ ...vitest, testResults })).toEqual({ passed: 3, failed: 2, skipped: 2 })
})

it('counts what Playwright ran; a test that passed at the second try has failed', () => {
  expect(counts({ stats: playwright })).toEqual({ passed: 5, failed: 0, skipped: 2 })
  expect(counts({ stats: { ...playwright, flaky: 1 } })).toMatchObject({ failed: 1 })
  expect(counts({ stats: playwright, errors: [{}] })).toMatchObject({ failed: 1 })
})

it('counts a runner that wrote no report, or half of one, as one failure', () => {
  expect(counts('{"numPassed')).toEqual({ passed: 0, failed: 1, skipped: 0 })
  expect(readCounts(path.join(folder, 'none.json'))).toMatchObject({ failed: 1 })
})
