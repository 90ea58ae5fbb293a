import { useLink } from './use-live'

/**
 * Why nothing can be changed at this moment; undefined when it can. Buttons carry it as their title: what is
 * pressed on a stale board would fail, or hit what is not so any more.
 */
export function useNotNow(): string | undefined {
  return useLink().state === 'live' ? undefined : 'Not while the board is stale'
}
