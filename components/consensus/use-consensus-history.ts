import { useQuery } from '@tanstack/react-query'
import { consensusListSchema } from '@/lib/protocol/http'
import { apiGet } from '../live/api'

const ROUNDS = 1_000

/** All rounds of a swarm that are still kept; what the board carries of them is fresher. */
export function useConsensusHistory(swarmId: string | undefined) {
  return useQuery({
    // Not made old by events: what is new comes with the board.
    queryKey: ['consensus-history', swarmId],
    enabled: swarmId !== undefined,
    queryFn: async ({ signal }) => {
      const path = `/consensus?swarm=${encodeURIComponent(swarmId ?? '')}&limit=${ROUNDS}`
      return (await apiGet(path, consensusListSchema, signal)).rounds
    },
  })
}
