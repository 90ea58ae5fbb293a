import {
  type QueryKey,
  type UseMutationResult,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query'
import { explain } from '../live/api-error'
import { queryKeys } from '../live/query-keys'
import { notify } from '../ui/notify'

interface ChangeOptions {
  /** What is old once it is done, beside the audit. */
  stale: readonly QueryKey[]
  /** Heads the notice when it fails; left out by who shows the error in place. */
  failed?: string
}

/** A change of users, sessions or tokens. Its event tells others a second later; whoever made it sees it at once. */
export function useChange<I, O>(
  send: (input: I) => Promise<O>,
  { stale, failed }: ChangeOptions,
): UseMutationResult<O, Error, I> {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: send,
    // Also after a failure: often it failed because the page was behind.
    onSettled: async () => {
      await Promise.all(
        [...stale, queryKeys.audit()].map((queryKey) => queries.invalidateQueries({ queryKey })),
      )
    },
    onError: (error) => {
      if (failed !== undefined)
        notify('error', failed, { description: explain(error), duration: 10_000 })
    },
  })
}
