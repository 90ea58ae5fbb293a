import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { faultsFolder, projectFolder } from './context'

const reportSchema = z.object({
  numTotalTests: z.number(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
})
export type TestCounts = z.infer<typeof reportSchema>

/** Runs tests in a process of their own, and answers how many there were. */
export async function runTests(args: readonly string[]): Promise<TestCounts> {
  const file = path.join(faultsFolder, `tests-${process.pid}.json`)
  const vitest = path.join(projectFolder, 'node_modules/vitest/vitest.mjs')
  const child = spawn(
    process.execPath,
    [vitest, 'run', '--reporter=json', `--outputFile=${file}`, ...args],
    { cwd: projectFolder, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  await new Promise((resolve) => child.once('exit', resolve))
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } finally {
    rmSync(file, { force: true })
  }
}
