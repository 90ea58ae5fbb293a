import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'signalbox-imports-'))
  writeFileSync(
    path.join(folder, 'tsconfig.json'),
    '{"compilerOptions":{"moduleResolution":"bundler","module":"esnext","allowJs":true,"paths":{"@/*":["./*"]}}}',
  )
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Each file imports the named ones, as the project's own code would write them. */
function project(files: Record<string, string[]>) {
  for (const [name, imports] of Object.entries(files)) {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    const lines = imports.map((from, index) => `export { x as x${index} } from '@/${from}'`)
    writeFileSync(file, `${lines.join('\n')}\nexport const x = 1\n`)
  }
}

const check = () =>
  new Promise<{ code: number; said: string }>((resolve) => {
    execFile(process.execPath, ['server/build/check-imports.mjs', folder], (error, out, err) =>
      resolve({ code: Number(error?.code ?? 0), said: out + err }),
    )
  })

describe('the check of import directions', () => {
  it('is content with what follows them', async () => {
    project({
      'lib/protocol/ids.ts': [],
      'lib/view/reduce.ts': ['lib/protocol/ids'],
      'components/grid/tile.ts': ['lib/view/reduce'],
      'app/page.ts': ['components/grid/tile'],
      'lib/redis/keys.ts': ['lib/protocol/ids'],
      'lib/cfn-loop/manager.ts': ['lib/redis/keys'],
      'lib/commands/escalate.ts': ['lib/cfn-loop/manager'],
      'app/api/route.ts': ['lib/commands/escalate'],
      'server/main.ts': ['lib/commands/escalate'],
    })
    const { code, said } = await check()
    expect(said).toContain('9 of ours in TypeScript), 8 imports, 0 rules broken')
    expect(code).toBe(0)
  })

  it('names each import that goes the wrong way, and the rule it breaks', async () => {
    const wrong = [
      ['lib/protocol', 'lib/protocol/ids.ts', 'lib/redis/keys.ts'],
      ['lib/view', 'lib/view/reduce.ts', 'lib/redis/keys.ts'],
      ['lib/redis', 'lib/redis/store.ts', 'lib/cfn-loop/manager.ts'],
      ['lib/cfn-loop', 'lib/cfn-loop/signals.ts', 'lib/commands/escalate.ts'],
      ['lib/redis', 'lib/redis/draw.ts', 'components/grid/tile.ts'],
      ['components-stay-in-the-browser', 'components/grid/card.ts', 'lib/redis/keys.ts'],
      ['app-not-server', 'app/api/route.ts', 'server/http.ts'],
      ['server-not-app', 'server/main.ts', 'app/page.ts'],
      ['pages-stay-thin', 'app/log/page.ts', 'lib/redis/keys.ts'],
      ['product-not-test', 'server/start.ts', 'test/redis.ts'],
      ['lib-layers-known', 'server/ready.ts', 'lib/shiny/new.ts'],
      ['resolvable', 'server/lost.ts', 'lib/redis/gone.ts'],
    ] as const
    const targets = wrong.map(([, , to]) => to).filter((to) => !to.includes('gone'))
    project({
      ...Object.fromEntries(targets.map((to) => [to, []])),
      ...Object.fromEntries(wrong.map(([, from, to]) => [from, [to.replace(/\.ts$/, '')]])),
    })
    const { code, said } = await check()
    for (const [rule, from] of wrong) expect(said).toContain(`${rule}: ${from} -> `)
    expect(code).toBe(1)
  })

  it('sees components reach the core through others', async () => {
    project({
      'lib/redis/keys.ts': [],
      'lib/view/reduce.ts': ['lib/redis/keys'],
      'components/grid/tile.ts': ['lib/view/reduce'],
    })
    const { said } = await check()
    expect(said).toContain(
      'components-never-reach-the-core: components/grid/tile.ts -> lib/redis/keys.ts',
    )
  })

  it('finds cycles', async () => {
    project({ 'lib/view/a.ts': ['lib/view/b'], 'lib/view/b.ts': ['lib/view/a'] })
    const { code, said } = await check()
    expect(said).toContain('no-cycles: lib/view/a.ts -> lib/view/b.ts -> lib/view/a.ts')
    expect(code).toBe(1)
  })

  it('fails when it looked at no module of ours', async () => {
    mkdirSync(path.join(folder, 'lib'))
    writeFileSync(path.join(folder, 'lib/old.mjs'), 'export const x = 1\n')
    const { code, said } = await check()
    expect(said).toContain('No TypeScript module was looked at')
    expect(code).toBe(1)
  })
})
