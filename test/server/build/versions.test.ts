import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

interface Locked {
  version: string
  optionalDependencies?: Record<string, string>
}
const root = path.resolve(import.meta.dirname, '../../..')
const read = (file: string) => JSON.parse(readFileSync(path.join(root, file), 'utf8')) as unknown
const { packages } = read('package-lock.json') as { packages: Record<string, Locked> }

/** Below these, holes are known that somebody on the network could use. */
const floors: Record<string, string> = {
  next: '16.4.3',
  'engine.io': '6.6.10',
  'socket.io-parser': '4.2.7',
  ws: '8.21.0',
  zod: '4.6.7',
}

const copies = (name: string) =>
  Object.entries(packages).filter(([place]) => place.endsWith(`node_modules/${name}`))

function isAtLeast(version: string, floor: string): boolean {
  const parts = version.split('.').map(Number)
  const least = floor.split('.').map(Number)
  const first = parts.findIndex((part, index) => part !== least[index])
  return first === -1 || (parts[first] ?? 0) > (least[first] ?? 0)
}

describe('locked versions', () => {
  it.each(Object.entries(floors))('of %s are at least %s, in every copy', (name, floor) => {
    expect(copies(name)).not.toHaveLength(0)
    const tooOld = copies(name).filter(([, { version }]) => !isAtLeast(version, floor))
    expect(tooOld).toEqual([])
  })

  it('are exact in package.json: everybody runs what was tested', () => {
    const manifest = read('package.json') as Record<string, Record<string, string>>
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.overrides }
    expect(Object.entries(all).filter(([, range]) => !/^\d+\.\d+\.\d+$/.test(range))).toEqual([])
  })

  it('name the binaries of every platform: npm drops what a registry lacks without a word', () => {
    const missing = Object.values(packages)
      .flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
      .filter((name) => copies(name).length === 0)
    expect(missing).toEqual([])
  })
})
