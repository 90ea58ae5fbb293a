import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { OpenAcks } from '../harness/open-acks'
import { payloadOf, type SignalPeer } from '../harness/signal-peer'

/** The floor: a line over TCP and its number back, with nothing between and nothing stored. */
export const tcpEcho: SignalPeer = {
  name: 'TCP echo',

  openSender: async ({ addresses }, targets) => {
    const acks = new OpenAcks()
    const sockets = new Map<string, Socket>()
    await Promise.all(
      targets.map(async (target) => {
        const socket = connect(Number(addresses[target]), '127.0.0.1').setNoDelay(true)
        await new Promise<void>((resolve, reject) => {
          socket.once('connect', resolve)
          socket.once('error', reject)
        })
        onLines(socket, (line) => acks.ack(Number(line)))
        sockets.set(target, socket)
      }),
    )
    return {
      send: (receivers) => {
        const { n, acked } = acks.next(receivers.length)
        const line = `${JSON.stringify({ n, payload: payloadOf(n) })}\n`
        for (const it of receivers) sockets.get(it)?.write(line)
        return acked
      },
      close: async () => {
        for (const it of sockets.values()) it.destroy()
      },
    }
  },

  openReceivers: async (_place, ids) => {
    const addresses: Record<string, string> = {}
    const servers = await Promise.all(
      ids.map(async (id) => {
        const server = createServer((socket) => {
          socket.setNoDelay(true)
          onLines(socket, (line) => {
            const { n } = JSON.parse(line) as { n: number }
            socket.write(`${n}\n`)
          })
        })
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
        addresses[id] = String((server.address() as AddressInfo).port)
        return server
      }),
    )
    return {
      addresses,
      close: async () => {
        for (const it of servers) it.close()
      },
    }
  },
}

function onLines(socket: Socket, hear: (line: string) => void): void {
  let rest = ''
  socket.setEncoding('utf8')
  socket.on('error', () => {})
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const it of lines) hear(it)
  })
}
