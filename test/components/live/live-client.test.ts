import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LiveClient } from '@/components/live/live-client'
import { PROTOCOL_VERSION, SOCKET_PATH } from '@/lib/protocol/frames'
import { coordinator, patch, phaseChanged, seq, snapshot, status } from './frames'

let http: HttpServer
let io: Server
let url: string
let client: LiveClient
let hellos: unknown[]
let sockets: Socket[]
let letIn: boolean
/** What the server answers to a hello. */
let answer: (socket: Socket, hello: { lastSeq?: string }) => void

beforeEach(async () => {
  hellos = []
  sockets = []
  letIn = true
  answer = (socket) => socket.emit('snapshot', snapshot(1, [coordinator('lead')]))
  http = createServer()
  io = new Server(http, {
    path: SOCKET_PATH,
    transports: ['websocket'],
    allowRequest: (_, done) => done(null, letIn),
  })
  io.on('connection', (socket) => {
    sockets.push(socket)
    socket.on('hello', (hello: { lastSeq?: string }) => {
      hellos.push(hello)
      answer(socket, hello)
    })
  })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
})

afterEach(async () => {
  client.close()
  await io.close()
})

const until = <T>(check: () => T | Promise<T>) =>
  vi.waitFor(check, { timeout: 10_000, interval: 20 })
const phase = () => client.store.getView().coordinators.get('lead')?.phase
const latest = () => {
  const socket = sockets.at(-1)
  if (!socket) throw new Error('nobody is connected')
  return socket
}

describe('the page’s client', () => {
  it('says hello with its version, and shows the snapshot', async () => {
    client = new LiveClient({ url })
    client.open()
    await until(() => expect(client.store.isLoaded()).toBe(true))
    expect(hellos).toEqual([{ protocolVersion: PROTOCOL_VERSION }])
    expect(client.store.getLink()).toEqual({ state: 'live' })
  })

  it('asks for a snapshot when a patch leaves a gap', async () => {
    client = new LiveClient({ url })
    client.open()
    await until(() => expect(client.store.isLoaded()).toBe(true))
    answer = (socket) =>
      socket.emit('snapshot', snapshot(9, [coordinator('lead', { phase: 'ninth' })]))
    latest().emit('patch', patch(7, 8, [phaseChanged(8, 'lead', 'eighth')]))
    await until(() => expect(phase()).toBe('ninth'))
    expect(hellos).toHaveLength(2)
    expect(hellos[1]).toEqual({ protocolVersion: PROTOCOL_VERSION })
  })

  it('comes back by itself and goes on where it stood', async () => {
    client = new LiveClient({ url })
    client.open()
    await until(() => expect(client.store.isLoaded()).toBe(true))
    latest().emit('patch', patch(1, 2, [phaseChanged(2, 'lead', 'second')]))
    await until(() => expect(phase()).toBe('second'))
    answer = (socket, hello) => {
      if (hello.lastSeq === seq(2))
        socket.emit('patch', patch(2, 3, [phaseChanged(3, 'lead', 'third')]))
    }
    latest().conn.close()
    await until(() => expect(client.store.getLink().state).toBe('stale'))
    expect(client.store.getLink()).toMatchObject({
      reason: 'socket',
      nextTryAt: expect.any(Number),
    })
    await until(() => expect(phase()).toBe('third'))
    expect(hellos.at(-1)).toEqual({ protocolVersion: PROTOCOL_VERSION, lastSeq: seq(2) })
    expect(client.store.getLink()).toEqual({ state: 'live' })
  })

  it('takes beats, strips, status and details', async () => {
    client = new LiveClient({ url })
    const stop = client.watch('lead')
    const watches: unknown[] = []
    io.on('connection', (socket) => {
      socket.on('watch', (it) => watches.push(['watch', it]))
      socket.on('unwatch', (it) => watches.push(['unwatch', it]))
    })
    client.open()
    await until(() => expect(watches).toEqual([['watch', { coordinatorId: 'lead' }]]))
    await until(() => expect(client.store.isLoaded()).toBe(true))
    const at = snapshot(1, []).serverTime + 60_000
    latest().emit('strips', { ids: ['lead'], lastBeats: [at - 1_040], strips: [[10]] })
    latest().emit('beats', { at, ids: ['lead'], ages: [40] })
    latest().emit('detail', { coordinatorId: 'lead', beats: [at - 40] })
    latest().emit('status', status('down'))
    await until(() => expect(client.store.getLink()).toMatchObject({ reason: 'redis' }))
    expect(client.store.lastBeatOf('lead')).toBe(at - 40)
    expect(client.store.stripOf('lead')).toHaveLength(2)
    expect(client.store.getDetail('lead')).toEqual([at - 40])
    stop()
    stop()
    await until(() => expect(watches).toHaveLength(2))
    // One that was on its way already.
    latest().emit('detail', { coordinatorId: 'lead', beats: [at - 40, at] })
    latest().emit('status', status('up'))
    await until(() => expect(client.store.getLink()).toEqual({ state: 'live' }))
    expect(client.store.getDetail('lead')).toBeUndefined()
  })

  it('leaves out a frame that it cannot read, and asks for the board', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
    client = new LiveClient({ url })
    client.open()
    await until(() => expect(client.store.isLoaded()).toBe(true))
    latest().emit('beats', { at: 'noon' })
    latest().emit('patch', { fromSeq: '<script>' })
    await until(() => expect(hellos).toHaveLength(2))
    expect(client.store.getView().coordinators.size).toBe(1)
    expect(warn).toHaveBeenCalledTimes(2)
    warn.mockRestore()
  })

  it('ends when its session has', async () => {
    letIn = false
    client = new LiveClient({ url, isSignedIn: () => Promise.resolve(false) })
    client.open()
    await until(() => expect(client.store.getEnded()).toEqual({ why: 'expired' }))
  })

  it('ends when it is told to, and does not come back', async () => {
    client = new LiveClient({ url })
    client.open()
    await until(() => expect(client.store.isLoaded()).toBe(true))
    latest().emit('reload', { protocolVersion: PROTOCOL_VERSION + 1 })
    await until(() => expect(client.store.getEnded()).toEqual({ why: 'reload' }))
    await until(() => expect(io.engine.clientsCount).toBe(0))
    expect(client.store.getLink()).toEqual({ state: 'live' })
  })

  it('is no longer live when it gave its link back', async () => {
    client = new LiveClient({ url })
    client.open()
    await until(() => expect(client.store.getLink().state).toBe('live'))
    client.close()
    expect(client.store.getLink()).toEqual({ state: 'connecting', since: expect.any(Number) })
    client.open()
    await until(() => expect(client.store.getLink()).toEqual({ state: 'live' }))
  })

  it('stays live when what had been refused before is explained late', async () => {
    letIn = false
    const explains: ((signedIn: boolean) => void)[] = []
    const isSignedIn = () => new Promise<boolean>((done) => void explains.push(done))
    client = new LiveClient({ url, isSignedIn })
    const lost = vi.spyOn(client.store, 'onLost')
    client.open()
    await until(() => expect(explains).toHaveLength(1))
    letIn = true
    client.tryNow()
    await until(() => expect(client.store.getLink()).toEqual({ state: 'live' }))
    explains[0]?.(true)
    await new Promise(setImmediate)
    expect(lost).not.toHaveBeenCalled()
  })

  it('keeps trying while a refusal is nobody’s fault', async () => {
    letIn = false
    client = new LiveClient({ url, isSignedIn: () => Promise.resolve(true) })
    client.open()
    await until(() => expect(client.store.getLink().state).toBe('stale'))
    letIn = true
    client.tryNow()
    await until(() => expect(client.store.isLoaded()).toBe(true))
  })
})
