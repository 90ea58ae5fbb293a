import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { serverVariables } from '@/lib/config/server-variables'

const root = path.resolve(import.meta.dirname, '..')
const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}

describe('the README', () => {
  it('lists each variable of the environment with its default and its help', () => {
    for (const [name, { default: value, help }] of Object.entries(serverVariables)) {
      const shown = value === undefined ? '' : `\`${value}\``
      expect(readme).toContain(`| \`${name}\` | ${shown} | ${help} |`)
    }
  })

  it('names only commands that exist', () => {
    const named = [...readme.matchAll(/npm run ([a-z][a-z:-]*)/g)].map((it) => it[1] ?? '')
    expect(named.length).toBeGreaterThan(8)
    for (const name of named) expect(scripts, `npm run ${name}`).toHaveProperty([name])
  })

  it('points only at files that are there', () => {
    const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map((it) => it[1] ?? '')
    for (const target of targets.filter((it) => !it.startsWith('http'))) {
      expect(existsSync(path.join(root, target)), target).toBe(true)
    }
  })
})
