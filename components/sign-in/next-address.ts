/** Where to go after signing in: an address of this very board, whatever stands in the link. */
export function nextAddress(given: string | null): string {
  if (given === null || !given.startsWith('/')) return '/'
  // `//host` and `/\host` are addresses of other hosts to a browser.
  const url = URL.canParse(given, 'http://board') ? new URL(given, 'http://board') : undefined
  // So is what is left of `/.//host` when its dots are gone.
  if (url === undefined || url.host !== 'board' || url.pathname.startsWith('//')) return '/'
  return `${url.pathname}${url.search}`
}
