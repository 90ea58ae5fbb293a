import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { readWorkItems } from '@/lib/redis/stores/work-store'
import { NAMESPACE } from '../../labs/core-redis'
import { boxOfThisFile } from './box-of-this-file'

const { server, box } = await boxOfThisFile()
let child: ChildProcess | undefined

afterEach(() => {
  child?.kill('SIGKILL')
})

it('a process that was stopped, replaced and goes on is refused in all it sends; nothing of it counts', async () => {
  const { redis, ns } = box
  const handler = box.handler({ checkInterval: 100, autoEscalate: true })
  handler.startMonitoring()
  child = fork(
    path.join(import.meta.dirname, 'programs/busy-coordinator.ts'),
    [server.address, NAMESPACE, 'a', '600'],
    { execArgv: ['--import', 'tsx'] },
  )
  await once(child, 'message')
  const { epoch, instance } = await ns.record('a')

  child.kill('SIGSTOP')
  const [escalated] = await once(handler, 'coordinator:escalated')
  const inherited = await readWorkItems(redis, ns.keys, escalated.newCoordinatorId)
  expect(inherited.length).toBeGreaterThan(0)

  child.kill('SIGCONT')
  await once(child, 'message')
  child.send('report')
  const [report] = (await once(child, 'message')) as [{ accepted: number; refused: number }]
  expect(report.refused).toBeGreaterThan(0)

  const record = await ns.record('a')
  expect(record).toMatchObject({ liveness: 'escalated', epoch })
  const refusals = (await ns.events()).filter((it) => it.type === 'coordinator.write_refused')
  const of = (operation: string) => refusals.filter((it) => it.data.operation === operation)
  expect(of('storeWorkItem')).toHaveLength(report.refused)
  // Its heart stops at whichever refusal comes first: at most one beat was on its way.
  expect(of('beat').length).toBeLessThanOrEqual(1)
  expect(of('storeWorkItem').length + of('beat').length).toBe(refusals.length)
  expect(Number(record.refused)).toBe(refusals.length)
  expect(refusals.every((it) => it.data.instance === instance)).toBe(true)
  expect(await readWorkItems(redis, ns.keys, 'a')).toEqual([])
  expect(await readWorkItems(redis, ns.keys, escalated.newCoordinatorId)).toEqual(inherited)
})
