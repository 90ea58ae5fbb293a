'use client'

import { X } from 'lucide-react'
import { useCallback, useState } from 'react'
import type { SignalView } from '@/lib/protocol/signal'
import { progressOf } from '@/lib/view/signal-progress'
import type { View } from '@/lib/view/view'
import { explain } from '../live/api-error'
import { useMay } from '../live/session-context'
import { useView } from '../live/use-live'
import { useNotNow } from '../live/use-not-now'
import { useIsPast } from '../live/use-past'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { CoordinatorLink } from '../ui/coordinator-link'
import { CopyButton } from '../ui/copy-button'
import { Countdown } from '../ui/countdown'
import { EmptyState } from '../ui/empty-state'
import { ErrorState } from '../ui/error-state'
import { IconButton } from '../ui/icon-button'
import { Id } from '../ui/id'
import { Skeleton } from '../ui/skeleton'
import { Time } from '../ui/time'
import { CancelDialog } from './cancel-dialog'
import { PayloadView } from './payload-view'
import { TargetList } from './target-list'
import { useSignalDetail } from './use-signal-detail'

/** One signal: who owes which ACK, what each ACK is worth, and what the signal carried. */
export function SignalPanel({ signalId, onClose }: { signalId: string; onClose: () => void }) {
  const live = useView(useCallback((view: View) => view.signals.get(signalId), [signalId]))
  const detail = useSignalDetail(signalId)
  const isPast = useIsPast()
  // What the server tells is of now; only what a signal carried never changes.
  const signal = live ?? (isPast ? undefined : detail.data?.signal)
  return (
    <>
      <header className="flex items-center gap-2.5 px-4 pt-4 pb-3">
        <h2 className="mono min-w-0 truncate text-md font-semibold text-ink">
          {signal?.type ?? 'Signal'}
        </h2>
        {signal && <ProgressChip signal={signal} />}
        <IconButton label="Close" hint="Esc" size="sm" className="ml-auto" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-4 pb-6">
        {signal ? (
          <>
            <Facts signal={signal} />
            <TargetList signal={signal} acks={isPast ? undefined : detail.data?.acks} />
            <PayloadView
              bytes={signal.payloadBytes}
              payload={detail.data?.payload}
              loading={detail.isPending}
            />
            {detail.error && (
              <ErrorState
                title="Its payload and ACKs cannot be read"
                onRetry={() => void detail.refetch()}
              >
                {explain(detail.error)}
              </ErrorState>
            )}
          </>
        ) : isPast ? (
          <EmptyState title="Not on the board of that moment">
            It was sent later, or settled long before.
          </EmptyState>
        ) : detail.error ? (
          <ErrorState title="This signal cannot be read" onRetry={() => void detail.refetch()}>
            {explain(detail.error)}
          </ErrorState>
        ) : (
          <>
            <Skeleton className="h-20" />
            <Skeleton className="h-32" />
          </>
        )}
      </div>
    </>
  )
}

function ProgressChip({ signal }: { signal: SignalView }) {
  const { text, tone } = progressOf(signal.targets)
  return <Chip tone={tone}>{text}</Chip>
}

function Facts({ signal }: { signal: SignalView }) {
  const [asking, setAsking] = useState(false)
  const may = useMay('operator')
  const notNow = useNotNow()
  const pending = signal.targets.some((it) => it.state === 'pending')
  return (
    <div className="grid gap-3">
      <p className="text-base text-mute">
        From{' '}
        <CoordinatorLink
          coordinatorId={signal.source}
          className="mono text-sm text-ink hover:underline"
        >
          {signal.source}
        </CoordinatorLink>
        {signal.sentBy && <> by {signal.sentBy}</>}, iteration {signal.iteration},{' '}
        <Time at={signal.timestamp} ago />.
        {pending && (
          <>
            {' '}
            What is pending expires in{' '}
            <Countdown to={signal.deadline} className="font-medium text-ink" />.
          </>
        )}
      </p>
      <div className="flex min-w-0 items-center gap-1 rounded-md bg-bg px-2 py-1 text-mute">
        <Id id={signal.signalId} className="flex-1 text-xs" />
        <CopyButton text={signal.signalId} label="Copy the signal’s id" />
      </div>
      {may && pending && (
        <div>
          <Button disabled={notNow !== undefined} title={notNow} onClick={() => setAsking(true)}>
            Cancel…
          </Button>
        </div>
      )}
      <CancelDialog signal={signal} open={asking} onOpenChange={setAsking} />
    </div>
  )
}
