import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname

// The suffix says what a test needs: `.test` nothing, `.int.test` a real Redis (or other
// processes), `.full.test` minutes.
const alias = [
  { find: /^@\//, replacement: `${root}/` },
  { find: /^signalbox$/, replacement: path.join(root, 'lib/index.ts') },
  { find: /^signalbox\//, replacement: `${root}/lib/` },
]
const tests = (suffix: string) => `test/**/*.${suffix}.{ts,tsx}`

export default defineConfig({
  resolve: { alias },
  test: {
    passWithNoTests: false,
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [tests('test')],
          exclude: [tests('int.test'), tests('full.test')],
          setupFiles: ['test/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: [tests('int.test')],
          pool: 'forks',
          maxWorkers: 2,
          testTimeout: 30_000,
          hookTimeout: 30_000,
          setupFiles: ['test/setup.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'full',
          include: [tests('full.test')],
          pool: 'forks',
          maxWorkers: 1,
          testTimeout: 900_000,
          hookTimeout: 60_000,
          setupFiles: ['test/setup.ts'],
        },
      },
    ],
  },
})
