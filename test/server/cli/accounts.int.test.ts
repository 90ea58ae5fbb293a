import { spawn } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { AuthService } from '@/lib/auth/auth-service'
import { createAuth } from '@/lib/auth/create-auth'
import { createAuditLog } from '@/lib/commands/audit-log'
import { buildProgram, programsFolder } from '@/test/build-program'
import { testNamespace } from '@/test/lib/cfn-loop/namespace'
import { startTestRedis, type TestRedis } from '@/test/redis'

const commands = ['users', 'sessions', 'sign-in-link'] as const
type Command = (typeof commands)[number]

const root = path.resolve(import.meta.dirname, '../../..')
const from = { address: '192.0.2.1' }
const programOf = (command: Command) => path.join(programsFolder, `${command}.mjs`)
let server: TestRedis
let auth: AuthService
let redis: ReturnType<TestRedis['client']>

beforeAll(async () => {
  for (const it of commands)
    await buildProgram(path.join(root, `server/cli/${it}.ts`), programOf(it))
  server = await startTestRedis({ password: true })
  redis = server.client()
  auth = createAuth({ redis })
})
beforeEach(() => server.flush())
afterAll(async () => {
  await auth.close()
  await server.stop()
})

/** Runs a command as somebody on the server would, with `input` piped in. */
function run(command: Command, words: string[], input = '') {
  const child = spawn(process.execPath, [programOf(command), ...words], {
    cwd: root,
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH ?? '',
      REDIS_URL: server.url,
      SIGNALBOX_URL: 'https://box.example',
      BLOCKING_COORDINATION_SECRET: 'a-secret-of-more-than-thirty-two-bytes',
    },
  })
  child.stdin.end(input)
  return new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

it('what the command line does stands in the audit and in the log of the board', async () => {
  expect((await run('sign-in-link', [])).out).toMatch(/^https:\/\/box\.example\/sign-in#token=/)
  await run('users', ['add', 'mira'])
  await run('users', ['set-role', 'mira', 'operator'])
  expect((await run('sign-in-link', ['mira'])).code).toBe(0)
  await run('users', ['set-password', 'mira'], 'a lantern over the points\n')
  const done = [
    ['make-sign-in-link', 'operator'],
    ['add-user', 'mira'],
    ['set-role', 'mira'],
    ['make-sign-in-link', 'mira'],
    ['set-password', 'mira'],
  ]
  const { entries: audit } = await createAuditLog(redis).page({ limit: 10 })
  expect(audit.map((it) => [it.action, it.targets[0]]).reverse()).toEqual(done)
  const events = await testNamespace(redis).events()
  expect(
    events.map((it) => it.type === 'operator.acted' && [it.data.action, it.data.targets[0]]),
  ).toEqual(done)
  expect(new Set(events.map((it) => it.actor))).toEqual(new Set(['operator:command-line']))
})

it('whoever asks for another than the first user is told whom the first link signs in', async () => {
  expect((await run('sign-in-link', [])).err).toBe('')
  const { code, err } = await run('sign-in-link', ['anna', '--role', 'viewer'])
  expect({ code, err }).toMatchObject({
    code: 0,
    err: expect.stringContaining('operator, an admin'),
  })
})

describe('users', () => {
  it('tells what it can do', async () => {
    expect((await run('users', ['--help'])).out).toContain('set-password NAME')
  })

  it('makes a user, whose link opens an account of the role that was named', async () => {
    const { code, out } = await run('users', ['add', 'mira', '--role', 'operator'])
    expect(code).toBe(0)
    expect(out).toMatch(/^https:\/\/box\.example\/sign-in#token=/)
    const token = out.trim().split('#token=')[1] ?? ''
    const { session } = await auth.signInWithLink(token, from)
    expect(session).toMatchObject({ user: 'mira', role: 'operator' })
    const { entries } = await createAuditLog(redis).page({ limit: 1 })
    const [entry] = entries
    expect(entry).toMatchObject({ who: 'command-line', action: 'add-user', targets: ['mira'] })
  })

  it('resets a forgotten password from stdin, and signs its owner out', async () => {
    await auth.addUser({ name: 'mira', role: 'admin', password: 'the old password', by: 'test' })
    const { token } = await auth.signInWithPassword('mira', 'the old password', from)
    const { code, out, err } = await run('users', ['set-password', 'mira'], 'the new password\n')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).not.toContain('the new password')
    expect(await auth.session(token)).toBeNull()
    expect((await auth.signInWithPassword('mira', 'the new password', from)).session.user).toBe(
      'mira',
    )
  })

  it.each([
    [['add', 'no spaces'], /NAME must be/],
    [['remove'], /NAME is missing[\s\S]*npm run users --/],
    [['set-password', 'nobody'], /no user "nobody"/],
    [['__proto__'], /no command "__proto__"/],
  ])('says in a sentence why %j cannot be', async (words, sentence) => {
    const { code, err } = await run('users', words)
    expect(code).toBe(1)
    expect(err).toMatch(sentence)
    expect(err).not.toMatch(/^ +at /m)
  })
})

it('sessions are listed and revoked', async () => {
  await auth.addUser({ name: 'mira', role: 'viewer', by: 'test' })
  const link = await auth.createSignInLink({ user: 'mira' })
  const { token } = await auth.signInWithLink(link, from)
  expect((await run('sessions', ['list'])).out).toMatch(/^mira {2}viewer {2}from 192\.0\.2\.1/)
  expect((await run('sessions', ['revoke', 'mira'])).out).toBe('mira: 1 session ended.\n')
  expect(await auth.session(token)).toBeNull()
})
