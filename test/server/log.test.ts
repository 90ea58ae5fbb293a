import { expect, test } from 'vitest'
import { createLogger } from '@/server/log'

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = []
  write(createLogger('info', (line) => void lines.push(line)))
  return lines.join('')
}

test('no name or message can forge a line, or speak to a terminal', () => {
  const evil = 'a\r\n{"level":"info"}\u001b[2J\u009b31m\u2028\u0000'
  const line = logged((log) => log.info({ coordinatorId: evil }, evil))
  expect(line.trimEnd().split('\n')).toHaveLength(1)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(line.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/)
  expect(JSON.parse(line)).toMatchObject({ coordinatorId: evil, msg: evil })
})

test('secrets that get into a line are not in it', () => {
  const line = logged((log) =>
    log.info({ password: 'hunter2', request: { cookie: 'hunter2', token: 'hunter2' } }, 'x'),
  )
  expect(line).not.toContain('hunter2')
})
