import { afterEach, expect, test } from 'vitest'
import { consoleToLog } from '@/server/console-to-log'
import { createLogger } from '@/server/log'

let giveBack = () => {}
afterEach(() => giveBack())

test('what a library prints is one line of the log, whatever stands in it', () => {
  const lines: string[] = []
  giveBack = consoleToLog(createLogger('info', (line) => lines.push(line)))
  console.error(new Error('no such action\n{"level":"error","msg":"forged"}'), 'more')
  console.log('of %s', 'somebody')
  console.debug('nobody asked')
  expect(lines).toHaveLength(2)
  expect(lines.join('').match(/\n/g)).toHaveLength(2)
  const [error, note] = lines.map((it) => JSON.parse(it) as { level: string; msg: string })
  expect(error).toMatchObject({ level: 'error', from: 'console' })
  expect(error?.msg).toContain('no such action')
  expect(note).toMatchObject({ level: 'info', msg: 'of somebody' })
})
