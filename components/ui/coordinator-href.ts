const DRAWER = /^\/coordinators\/([^/]+)\/?$/
const PARAMETER = 'coordinator'

/** Whose drawer an address opens, if any. */
export function coordinatorInUrl(pathname: string, search: URLSearchParams): string | undefined {
  const found = DRAWER.exec(pathname)?.[1]
  return found === undefined ? (search.get(PARAMETER) ?? undefined) : decodeURIComponent(found)
}

/** Whether an address shows the board, with or without a drawer. */
export function isBoard(pathname: string): boolean {
  return pathname === '/' || DRAWER.test(pathname)
}

/** The address of the same room with this drawer open: `/coordinators/{id}` on the board, `?coordinator=` elsewhere. */
export function coordinatorHref(id: string, pathname: string, search: string): string {
  const parameters = new URLSearchParams(search)
  parameters.delete(PARAMETER)
  if (isBoard(pathname)) return withSearch(`/coordinators/${encodeURIComponent(id)}`, parameters)
  parameters.set(PARAMETER, id)
  return withSearch(pathname, parameters)
}

/** The address of the same room without a drawer. */
export function closedHref(pathname: string, search: string): string {
  const parameters = new URLSearchParams(search)
  parameters.delete(PARAMETER)
  return withSearch(isBoard(pathname) ? '/' : pathname, parameters)
}

/** Opens a drawer beside the room that is shown. */
export function openCoordinator(id: string): void {
  const { pathname, search } = window.location
  window.history.pushState(null, '', coordinatorHref(id, pathname, search))
}

/** Closes the drawer. */
export function closeCoordinator(): void {
  const { pathname, search } = window.location
  window.history.pushState(null, '', closedHref(pathname, search))
}

function withSearch(pathname: string, parameters: URLSearchParams): string {
  const text = parameters.toString()
  return text === '' ? pathname : `${pathname}?${text}`
}
