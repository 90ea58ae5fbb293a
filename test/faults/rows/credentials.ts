import { setTimeout as sleep } from 'node:timers/promises'
import { io } from 'socket.io-client'
import { startTestRedis } from '../../redis'
import { openBoard } from '../harness/board-page'
import { signIn, startControlRoom } from '../harness/control-room'
import { type Fault, finding, none } from '../harness/fault'
import { ask } from '../harness/http-client'
import { runTests } from '../harness/vitest'

const CUT_MS = 5000

export const credentials: Fault = {
  name: 'credentials',
  title: 'no, expired, revoked and too small credentials on every route and socket',
  takes: 'one minute',
  run: async (context) => {
    context.say('the matrix of all routes, made from the code')
    const matrix = await runTests([
      '--project',
      'integration',
      'test/app/api/access.int.test.ts',
      'test/server/realtime/realtime.int.test.ts',
    ])
    const redis = await startTestRedis()
    context.endLater(() => redis.stop())
    const room = await startControlRoom(context, redis)
    const admin = await signIn(redis, 'admin', 'admin')

    context.say('sockets of a running server')
    const letIn: string[] = []
    const gone = await signIn(redis, 'gone', 'viewer')
    await ask(room.url, 'DELETE', `/api/v1/sessions/${gone.sessionId}`, admin.cookie)
    const tries: [string, Record<string, string>][] = [
      ['no credentials', { origin: room.url }],
      ['a token that nobody has', { origin: room.url, cookie: `signalbox=${'A'.repeat(43)}` }],
      ['a revoked session', { origin: room.url, cookie: gone.cookie }],
      ['an evil origin', { origin: 'https://evil.example', cookie: admin.cookie }],
      ['the origin null', { origin: 'null', cookie: admin.cookie }],
      ['no origin', { cookie: admin.cookie }],
      ['another port', { origin: 'http://127.0.0.1:1', cookie: admin.cookie }],
    ]
    for (const [what, headers] of tries) {
      if (await opens(room.url, headers)) letIn.push(what)
    }

    const times: number[] = []
    for (let n = 0; n < (context.quick ? 2 : 10); n++) {
      const viewer = await signIn(redis, `viewer-${n}`, 'viewer')
      const page = await openBoard(room.url, viewer.cookie)
      const ended = new Promise<void>((resolve) => page.socket.once('disconnect', () => resolve()))
      const since = performance.now()
      await ask(room.url, 'DELETE', `/api/v1/sessions/${viewer.sessionId}`, admin.cookie)
      await Promise.race([ended, sleep(2 * CUT_MS)])
      times.push(Math.round(performance.now() - since))
      page.close()
    }
    const slowest = Math.max(...times)
    return {
      done: `the tests of every route and socket event with no, expired, revoked, viewer's and operator's credentials and foreign origins; ${tries.length} ways to open a socket of a running server; ${times.length} revoked sessions with an open board`,
      findings: [
        finding(
          'all of the matrix is refused',
          `${matrix.numPassedTests} of ${matrix.numTotalTests - matrix.numPendingTests} tests pass`,
          matrix.numFailedTests === 0 && matrix.numPassedTests > 0,
        ),
        none('no socket is let in', letIn),
        finding(
          `sockets of a revoked session are cut within ${CUT_MS / 1000} s`,
          `${slowest} ms at most`,
          slowest <= CUT_MS,
        ),
      ],
      facts: { matrix, letIn, times },
    }
  },
}

function opens(url: string, headers: Record<string, string>): Promise<boolean> {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
  })
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('connect_error', () => resolve(false))
  }).finally(() => socket.close())
}
