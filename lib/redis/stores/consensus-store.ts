import type { ConsensusView } from '../../protocol/consensus'
import type { NamespaceKeys } from '../keys'
import { parseConsensus } from '../records/consensus-record'
import type { RedisLike } from '../redis-like'
import { readHashes } from './read-hashes'

type OnProblem = (key: string, problem: string) => void

export interface ConsensusStore {
  /** The newest `limit` rounds, oldest first; of one swarm, if one is named. */
  list(limit: number, swarmId?: string): Promise<ConsensusView[]>
  read(key: string): Promise<ConsensusView | undefined>
}

/** Rounds of votes as they are kept. Malformed ones are told and left out. */
export function createConsensusStore(
  redis: RedisLike,
  keys: NamespaceKeys,
  onProblem: OnProblem = () => {},
): ConsensusStore {
  const readAll = async (ids: readonly string[]) => {
    const hashes = await readHashes(redis, ids, keys.consensusByKey, (id, problem) =>
      onProblem(keys.consensusByKey(id), problem),
    )
    return hashes.flatMap(({ id, hash }) => {
      const parsed = parseConsensus(id, hash)
      if (parsed.ok) return [parsed.value]
      onProblem(keys.consensusByKey(id), parsed.problem)
      return []
    })
  }
  return {
    async list(limit, swarmId) {
      const newest = await redis.zrevrange(keys.consensusIndex, 0, '-1')
      const wanted = swarmId === undefined ? newest : newest.filter((it) => isOf(it, swarmId))
      return (await readAll(wanted.slice(0, limit))).reverse()
    },
    async read(key) {
      return (await readAll([key]))[0]
    },
  }
}

/** A key begins with its swarm. */
const isOf = (key: string, swarmId: string) => key.startsWith(`${swarmId}:`)
