import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { fileProblem } from '@/server/cli/file-problem.mjs'
import { refuseKeptByNpm } from '@/server/cli/kept-by-npm.mjs'
import { keptSecret } from '@/server/embedded/data-folders.mjs'

it('an option that npm took for its own is refused, with the line that hands it on', () => {
  const env = { NODE_ENV: 'test', npm_lifecycle_event: 'up' } as const
  expect(() => refuseKeptByNpm(['demo', 'port'], env)).not.toThrow()
  expect(() => refuseKeptByNpm(['demo', 'port'], { ...env, npm_config_demo: 'true' })).toThrow(
    'npm run up -- … --demo',
  )
})

it('a folder that cannot be used is a sentence, and any other error is none', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'signalbox-file-'))
  try {
    const file = path.join(folder, 'file')
    writeFileSync(file, '')
    let error: unknown
    try {
      keptSecret(path.join(file, 'secret'))
    } catch (it) {
      error = it
    }
    expect(fileProblem(error)).toMatch(/file.* cannot be used: a file stands .*SIGNALBOX_DATA_DIR/)
    for (const code of ['EACCES', 'EROFS', 'ENOSPC']) {
      expect(fileProblem(Object.assign(new Error(code), { code, path: '/data' }))).toMatch(
        /^\/data/,
      )
    }
    expect(fileProblem(new Error('ours'))).toBeUndefined()
    expect(fileProblem(Object.assign(new Error('gone'), { code: 'ENOENT', path: '/x' }))).toBe(
      undefined,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
