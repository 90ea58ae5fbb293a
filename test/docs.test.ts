import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { serverVariables } from '@/lib/config/server-variables'
import * as signalbox from '@/lib/index'

// What the pages say of the code is held to the code, as far as a machine can tell.

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => path.posix.join(folder, name))
    .sort()

const pages = ['README.md', 'SECURITY.md', ...filesIn('docs', /\.md$/)]
const withoutCode = (text: string) => text.replace(/```[\s\S]*?```/g, '')

/** Where a page's links lead: the file, from the root, and the heading's anchor. */
function linksOf(page: string): { file: string; anchor: string | undefined }[] {
  const targets = [
    ...withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)|\bsrc(?:set)?="([^"]+)"/g),
  ].map((it) => it[1] ?? it[2] ?? '')
  return targets
    .filter((it) => !/^https?:/.test(it))
    .map((target) => {
      const [file = '', anchor] = target.split('#')
      return {
        file: file === '' ? page : path.posix.join(path.posix.dirname(page), file),
        anchor,
      }
    })
}

/** Headings, as GitHub makes anchors of them. */
function anchorsOf(page: string): string[] {
  return [...withoutCode(read(page)).matchAll(/^#+ (.+)$/gm)].map((it) =>
    (it[1] ?? '')
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe('the pages', () => {
  it.each(pages)('%s links only to files and headings that are there', (page) => {
    for (const { file, anchor } of linksOf(page)) {
      expect(existsSync(path.join(root, file)), file).toBe(true)
      if (anchor !== undefined) expect(anchorsOf(file), file).toContain(anchor)
    }
  })

  it('are all found from the README, as are the pictures', () => {
    const found = new Set<string>()
    const follow = (page: string) => {
      if (found.has(page)) return
      found.add(page)
      if (page.endsWith('.md')) for (const { file } of linksOf(page)) follow(file)
      // A link to a folder shows what is in it.
      else if (page.endsWith('/')) for (const it of filesIn(page, /\.md$/)) follow(it)
    }
    follow('README.md')
    const lost = [...pages, ...filesIn('docs/images', /./)].filter((it) => !found.has(it))
    expect(lost).toEqual([])
  })

  it('name only npm commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    for (const page of pages) {
      for (const [, name = ''] of read(page).matchAll(/npm run ([a-z][a-z:-]*)/g)) {
        expect(scripts, `${page}: npm run ${name}`).toHaveProperty([name])
      }
    }
  })
})

describe('the API reference', () => {
  const text = read('docs/api/blocking-coordination-api.md')
  const names = new Set(text.match(/[A-Za-z_$][\w$]*/g))

  it('names every route, and none that is not there', () => {
    const routes = filesIn('app/api/v1', /route\.ts$/).flatMap((file) => {
      const place = file.slice('app/api/v1'.length, -'/route.ts'.length)
      const address = place.replace(/\[(\w+)\]/g, '{$1}')
      return [...read(file).matchAll(/^export const (GET|POST|PUT|PATCH|DELETE)\b/gm)].map(
        (it) => `${it[1]} ${address}`,
      )
    })
    const table = text.slice(text.indexOf('| route, under'), text.indexOf('Outside of it:'))
    const named = [...table.matchAll(/`(GET|POST|PUT|PATCH|DELETE) ([^`?\s]+)/g)].map(
      (it) => `${it[1]} ${it[2]}`,
    )
    expect(named.sort()).toEqual(routes.sort())
  })

  it('names everything that the package exports', () => {
    const values = Object.keys(signalbox).filter((it) => !/^is[A-Z]\w+Error$/.test(it))
    const types = [...read('lib/index.ts').matchAll(/\btype (\w+)[,\s]|export type \{([^}]+)\}/g)]
      .flatMap((it) => it[1] ?? (it[2] ?? '').split(','))
      .map((it) => it.trim())
    const events = [
      ...read('lib/cfn-loop/timeout/timeout-events.ts').matchAll(/^export interface (\w+)/gm),
    ].map((it) => it[1] ?? '')
    const exported = [...values, ...types, ...events].filter((it) => it !== '')
    expect(exported.length).toBeGreaterThan(80)
    expect(exported.filter((it) => !names.has(it))).toEqual([])
  })

  it('names every variable of the control room', () => {
    expect(Object.keys(serverVariables).filter((it) => !names.has(it))).toEqual([])
  })

  it('names every metric of the control room', () => {
    const metrics = filesIn('server/metrics', /-metrics\.ts$/).flatMap((file) =>
      [...read(file).matchAll(/(?:name: 'signalbox_|(?:counter|seconds|gauge)\(\s*')(\w+)'/g)].map(
        (it) => it[1] ?? '',
      ),
    )
    expect(metrics.length).toBeGreaterThan(20)
    expect(metrics.filter((it) => !names.has(it))).toEqual([])
  })
})
