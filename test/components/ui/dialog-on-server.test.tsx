import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Dialog } from '@/components/ui/dialog'

test('a window that a link opens is rendered by the server, which has no document', () => {
  expect(() =>
    renderToString(
      <Dialog open onOpenChange={() => {}} title="An event">
        Whole
      </Dialog>,
    ),
  ).not.toThrow()
})
