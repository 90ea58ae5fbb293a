// Those that wait, at their own pace.
import path from 'node:path'
import { expect, it } from 'vitest'
import { runProcess } from '@/test/run-process'
import { EXPECTED_OUTPUTS } from './expected-outputs'
import { outputShape } from './output-shape'

const command = path.resolve('server/cli/example.mjs')

it.each([3, 4, 7])('npm run example -- %i', async (number) => {
  const { code, stdout, stderr } = await runProcess([command, String(number)])
  expect(outputShape(stdout), stderr).toEqual(outputShape(EXPECTED_OUTPUTS[number] ?? ''))
  expect(code).toBe(0)
})
