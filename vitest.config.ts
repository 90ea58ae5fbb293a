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

const COMPONENTS = 'test/**/*.test.tsx'
const unit = (name: string, how: { include: string[]; exclude?: string[]; isolate?: boolean }) => ({
  extends: true as const,
  test: { name, testTimeout: 20_000, setupFiles: ['test/setup.ts'], ...how },
})

/**
 * The core's own tests again, on another kind of Redis (`test/labs/core-redis.ts`). What a single test
 * needs one server for is marked there, with `itAlone` and `itRestarts`; whole files are named here.
 */
const core = (place: 'cluster' | 'sentinel', without: string[]) => ({
  extends: true as const,
  test: {
    name: `core-${place}`,
    include: ['test/lib/cfn-loop/**/*.int.test.ts', 'test/lib/redis/**/*.int.test.ts'],
    exclude: [
      // Connects by host and port, which is what these are about.
      'test/lib/redis/create-client.int.test.ts',
      'test/lib/cfn-loop/best-practices.int.test.ts',
      // Bring labs of their own.
      'test/lib/cfn-loop/signals-elsewhere.int.test.ts',
      'test/lib/cfn-loop/cluster-and-sentinel.int.test.ts',
      ...without,
    ],
    env: { SIGNALBOX_TEST_PLACE: place },
    pool: 'forks' as const,
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    setupFiles: ['test/setup.ts'],
  },
})

export default defineConfig({
  resolve: { alias },
  test: {
    passWithNoTests: false,
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      unit('unit', {
        include: [tests('test')],
        exclude: [tests('int.test'), tests('full.test'), COMPONENTS],
        // Nothing here is mocked or rendered: one world for all files takes a third of the time of one for each.
        isolate: false,
      }),
      // A page keeps its clock, its store and its choices, and some of it is replaced.
      unit('components', { include: [COMPONENTS] }),
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
      core('cluster', []),
      // Each of its tests stops, kills or hangs the only Redis there is.
      core('sentinel', ['test/lib/cfn-loop/redis-breaker.int.test.ts']),
    ],
  },
})
