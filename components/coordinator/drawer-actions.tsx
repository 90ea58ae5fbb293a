'use client'

import { Ban, Ellipsis, Eraser, Send, Trash2 } from 'lucide-react'
import Link from 'next/link'
import { useCallback, useState } from 'react'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import type { Liveness } from '@/lib/protocol/liveness'
import type { View } from '@/lib/view/view'
import { pendingSignalsOf } from '@/lib/view/waiters'
import { useShortcut } from '../frame/shortcuts'
import { useMay } from '../live/session-context'
import { useView } from '../live/use-live'
import { useNotNow } from '../live/use-not-now'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { IconButton } from '../ui/icon-button'
import { Menu, MenuItem } from '../ui/menu'
import { type EndAction, EndDialog } from './end-dialog'
import { EscalateDialog } from './escalate-dialog'

/** Who has a successor, or asked to leave, cannot be replaced. */
const REPLACEABLE: ReadonlySet<Liveness> = new Set<Liveness>([
  'starting',
  'active',
  'stale',
  'dead',
  'failed',
])
const ENDED: ReadonlySet<Liveness> = new Set<Liveness>(['escalated', 'stopped', 'failed'])

/** What an operator can do to a coordinator. Viewers get what changes nothing. */
export function DrawerActions({ coordinator }: { coordinator: CoordinatorView }) {
  const [dialog, setDialog] = useState<'escalate' | EndAction>()
  const pending = useView(
    useCallback((view: View) => pendingSignalsOf(view, coordinator.id).length, [coordinator.id]),
  )
  const may = useMay('operator')
  const notNow = useNotNow()
  const { id, liveness } = coordinator
  const close = (open: boolean) => {
    if (!open) setDialog(undefined)
  }
  // Who left by itself needs no successor, unless it left something behind.
  const stranded = liveness === 'stopped' && pending + coordinator.workItems > 0
  const replaceable = stranded || REPLACEABLE.has(liveness)
  // In any room: the drawer that is open beside it is nearer than the room.
  useShortcut('escalate', () =>
    may && replaceable && notNow === undefined ? setDialog('escalate') : false,
  )
  const urgent = liveness === 'dead' || liveness === 'failed' || liveness === 'stale'
  return (
    <div className="flex flex-wrap items-center gap-2">
      {may && replaceable && (
        <Button
          size="md"
          kind={urgent ? 'primary' : 'plain'}
          disabled={notNow !== undefined}
          title={notNow}
          onClick={() => setDialog('escalate')}
        >
          Escalate…
        </Button>
      )}
      {may && !ENDED.has(liveness) && (
        <Button size="md" asChild>
          <Link href={`/signals?compose=1&to=${encodeURIComponent(id)}`}>
            <Send /> Send signal
          </Link>
        </Button>
      )}
      <CopyButton text={id} label="Copy id" />
      {may && (
        <Menu
          align="end"
          trigger={
            <IconButton label="More" size="sm">
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem
            icon={<Ban />}
            disabled={notNow !== undefined || pending === 0}
            onSelect={() => setDialog('cancel')}
          >
            Cancel pending signals…
          </MenuItem>
          <MenuItem
            icon={<Eraser />}
            disabled={notNow !== undefined || liveness === 'dead' || ENDED.has(liveness)}
            onSelect={() => setDialog('cleanup')}
          >
            Clean up…
          </MenuItem>
          <MenuItem
            icon={<Trash2 />}
            danger
            disabled={notNow !== undefined || (liveness !== 'dead' && !ENDED.has(liveness))}
            onSelect={() => setDialog('forget')}
          >
            Forget…
          </MenuItem>
        </Menu>
      )}
      <EscalateDialog coordinatorId={id} open={dialog === 'escalate'} onOpenChange={close} />
      <EndDialog
        coordinator={coordinator}
        action={dialog === undefined || dialog === 'escalate' ? 'cleanup' : dialog}
        open={dialog !== undefined && dialog !== 'escalate'}
        onOpenChange={close}
      />
    </div>
  )
}
