import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expandScript, generateScripts } from '@/server/build/build-scripts.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'signalbox-lua-'))
  mkdirSync(path.join(folder, 'includes'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text)
const expand = (name: string) => expandScript(path.join(folder, name), folder)

describe('making one module of the Lua files', () => {
  it('puts includes in place, each once, however many ask for it', () => {
    write('includes/time.lua', 'local time = 1\n')
    write('includes/event.lua', '--- @include "includes/time"\nlocal event = time\n')
    write(
      'send-signal.lua',
      '#!lua flags=allow-oom\n--- @include "includes/time"\n--- @include "includes/event"\nreturn event\n',
    )
    expect(expand('send-signal.lua')).toBe(
      '#!lua flags=allow-oom\nlocal time = 1\nlocal event = time\nreturn event\n',
    )
  })

  it('says who asked for an include that is not there', () => {
    write('send-signal.lua', '--- @include "includes/nothing"\n')
    expect(() => expand('send-signal.lua')).toThrow(
      'send-signal.lua includes "includes/nothing", which is not there.',
    )
  })

  it('carries the exact text, whatever is in it, and the SHA-1 that Redis will compute', async () => {
    const lua = `return '\\n' .. "quote's" .. [[\\"]] -- ü \u2028 \${x}\n`
    write('send-signal.lua', lua)
    const text = generateScripts(folder)
    const body = text.replace(/ as const[\s\S]*/, '')
    const module = (await import(`data:text/javascript,${encodeURIComponent(body)}`)) as {
      scripts: Record<string, unknown>
    }
    expect(module.scripts).toEqual({
      sendSignal: {
        file: 'send-signal.lua',
        lua,
        sha1: createHash('sha1').update(lua).digest('hex'),
      },
    })
  })
})
