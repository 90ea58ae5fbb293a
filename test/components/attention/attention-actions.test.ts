import { expect, it } from 'vitest'
import { actionHref } from '@/components/attention/attention-actions'
import { coordinatorInUrl } from '@/components/ui/coordinator-href'
import { signalFilterOf } from '@/lib/view/signal-filter'

it('shows the signals of one coordinator, and does not open its drawer over them', () => {
  const href = actionHref({ kind: 'show-signals', coordinatorId: 'lead' })
  const { pathname, searchParams } = new URL(href, 'http://board')
  expect(pathname).toBe('/signals')
  expect(signalFilterOf((name) => searchParams.get(name))).toEqual({ with: 'lead' })
  expect(coordinatorInUrl(pathname, searchParams)).toBeUndefined()
})
