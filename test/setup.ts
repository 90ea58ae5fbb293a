import { afterEach } from 'vitest'

// Component tests ask for jsdom in their first line; only those have something to unmount.
if (typeof document !== 'undefined') {
  const { cleanup } = await import('@testing-library/react')
  afterEach(cleanup)
}
