/**
 * The token of a one-time link, `/sign-in#token=…`. It is taken out of the address at once, so that
 * it stays neither in the history nor on a screenshot; a fragment never reaches a server's log.
 */
export function takeToken(): string | undefined {
  const { hash, pathname, search } = window.location
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? undefined
  if (hash !== '') window.history.replaceState(null, '', pathname + search)
  return token === '' ? undefined : token
}
