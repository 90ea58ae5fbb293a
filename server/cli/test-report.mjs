// @ts-check
import { readFileSync } from 'node:fs'

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests: number, testResults: { status: string, assertionResults: unknown[] }[] }} VitestReport
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors?: unknown[] }} PlaywrightReport
 */

/**
 * What a runner counted. A runner that died before it wrote its report failed once.
 *
 * @param {string} file Vitest's or Playwright's JSON
 * @returns {Counts}
 */
export function readCounts(file) {
  try {
    /** @type {VitestReport | PlaywrightReport} */
    const report = JSON.parse(readFileSync(file, 'utf8'))
    return 'stats' in report ? playwrightCounts(report) : vitestCounts(report)
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

/** @param {VitestReport} report @returns {Counts} */
function vitestCounts(report) {
  // A file that does not load has no tests, so none of them fails.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** @param {PlaywrightReport} report @returns {Counts} */
function playwrightCounts({ stats, errors = [] }) {
  return {
    passed: stats.expected,
    // One that passed only at the second try is not to be relied on.
    failed: stats.unexpected + stats.flaky || errors.length,
    skipped: stats.skipped,
  }
}
