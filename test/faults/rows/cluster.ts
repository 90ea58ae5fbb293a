import { readFileSync } from 'node:fs'
import path from 'node:path'
import { projectFolder } from '../harness/context'
import { type Fault, finding, Skipped } from '../harness/fault'
import { runTests } from '../harness/vitest'

const PROJECT = 'core-cluster'

export const cluster: Fault = {
  name: 'cluster',
  title: 'the tests of the core on a Cluster of three',
  takes: 'some minutes',
  run: async (context) => {
    const projects = readFileSync(path.join(projectFolder, 'vitest.config.ts'), 'utf8')
    if (!projects.includes(PROJECT)) throw new Skipped(`there is no test project ${PROJECT}`)
    context.say('running the core’s tests')
    const counts = await runTests(['--project', PROJECT])
    return {
      done: 'the tests of the core, with a named namespace, on three primaries',
      findings: [
        finding(
          'all pass',
          `${counts.numPassedTests} of ${counts.numTotalTests - counts.numPendingTests}, ${counts.numPendingTests} not for a Cluster`,
          counts.numFailedTests === 0 && counts.numPassedTests > 0,
        ),
      ],
      facts: counts,
    }
  },
}
