import type { WorkItem } from '../../protocol/http'
import type { NamespaceKeys } from '../keys'
import { parseWorkItem } from '../records/work-record'
import type { RedisLike } from '../redis-like'

/**
 * All work items that a coordinator has in hand, those stored first before the others. What cannot be read is
 * left out and told.
 */
export async function readWorkItems(
  redis: RedisLike,
  keys: NamespaceKeys,
  coordinatorId: string,
  onProblem: (workId: string, problem: string) => void = () => {},
): Promise<WorkItem[]> {
  const items: WorkItem[] = []
  for (const [workId, json] of Object.entries(await redis.hgetall(keys.work(coordinatorId)))) {
    const parsed = parseWorkItem(workId, json)
    if (parsed.ok) items.push(parsed.value)
    else onProblem(workId, parsed.problem)
  }
  return items.sort((a, b) => a.storedAt - b.storedAt || (a.workId < b.workId ? -1 : 1))
}
