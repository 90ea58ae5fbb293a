'use client'

import { Copy, Ellipsis, Send, X } from 'lucide-react'
import { useRouter } from 'next/navigation'
import type { BulkCommand } from '@/lib/protocol/commands'
import { MAX_TARGETS } from '@/lib/protocol/signal'
import { useBulk } from '../frame/bulk-host'
import { useShortcut } from '../frame/shortcuts'
import { useMay } from '../live/session-context'
import { Button } from '../ui/button'
import { copyText } from '../ui/copy-text'
import { IconButton } from '../ui/icon-button'
import { notify } from '../ui/notify'
import { BulkMenu } from './bulk-menu'
import type { Selection } from './selection'

interface SelectionBarProps {
  selection: Selection
  /** Everybody whom the filter shows. */
  shown: readonly string[]
}

const BESIDE: readonly BulkCommand[] = ['escalate-coordinator']

/** What can be done to the picked ones. Stands over the board as long as some are picked. */
export function SelectionBar({ selection, shown }: SelectionBarProps) {
  const { actOn } = useBulk()
  const may = useMay('operator')
  const router = useRouter()
  const { ids, clear } = selection
  const list = [...ids]
  useShortcut('close', () => (ids.size === 0 ? false : clear()))
  const escalate = () => actOn({ action: 'escalate-coordinator', ids: list, onAllDone: clear })
  useShortcut('escalate', () => (ids.size === 0 || !may ? false : escalate()))
  const send = () => router.push(`/signals?compose=1&to=${list.map(encodeURIComponent).join(',')}`)
  useShortcut('send', () => (ids.size === 0 ? false : send()))
  if (ids.size === 0) return null
  const copy = async () => {
    if (await copyText(list.join('\n'))) notify('success', `${list.length} ids copied`)
  }
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-4 z-20 flex justify-center px-3">
      <section
        aria-label="Selection"
        className="pointer-events-auto flex max-w-full flex-wrap items-center gap-2 rounded-xl border border-line bg-raise p-2 pl-4 shadow-float"
      >
        <span className="font-semibold whitespace-nowrap" role="status">
          {ids.size.toLocaleString('en')} selected
        </span>
        {ids.size < shown.length && (
          <Button kind="ghost" onClick={() => selection.add(shown)}>
            Select all {shown.length.toLocaleString('en')} shown
          </Button>
        )}
        <span aria-hidden className="h-5 w-px bg-line" />
        {may && (
          <>
            <Button kind="primary" onClick={escalate}>
              Escalate…
            </Button>
            <Button onClick={send} disabled={ids.size > MAX_TARGETS}>
              <Send /> Send signal
            </Button>
            <BulkMenu
              ids={() => list}
              side="top"
              without={BESIDE}
              onAllDone={clear}
              trigger={
                <IconButton label="More to do with them">
                  <Ellipsis />
                </IconButton>
              }
            />
          </>
        )}
        <IconButton label="Copy the ids" onClick={() => void copy()}>
          <Copy />
        </IconButton>
        <IconButton label="Select nobody" hint="esc" onClick={clear}>
          <X />
        </IconButton>
      </section>
    </div>
  )
}
