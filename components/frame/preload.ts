/**
 * Fetches what is opened later while the page has nothing to do: it must open even when the server
 * has gone by then.
 */
export function preloadWindows(): void {
  const fetchAll = () =>
    void Promise.all([
      import('./coordinator-panel'),
      import('./escalation-window'),
      import('./palette'),
      import('./key-sheet'),
      import('./user-menu'),
      import('./connection-details'),
      import('../history/past-strip'),
      import('../grid/saved-views'),
      import('../grid/selection-bar'),
      import('sonner'),
    ]).catch(() => {
      // Out of reach already; each is fetched again when it is opened.
    })
  if ('requestIdleCallback' in window) requestIdleCallback(fetchAll, { timeout: 10_000 })
  else setTimeout(fetchAll, 3_000)
}
