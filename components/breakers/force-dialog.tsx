'use client'

import type { BreakerView } from '@/lib/protocol/breaker'
import { explain } from '../live/api-error'
import { useCommand } from '../live/use-command'
import { useNotNow } from '../live/use-not-now'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { notify } from '../ui/notify'

export type BreakerWish = 'open' | 'closed' | 'reset'

interface ForceDialogProps {
  breaker: BreakerView
  ownerIsDead: boolean
  /** undefined while nothing is asked. */
  wish: BreakerWish | undefined
  onClose: () => void
}

const TEXTS: Record<BreakerWish, { title: string; label: string; means: string }> = {
  open: {
    title: 'Force open',
    label: 'Force open',
    means:
      'Every call is refused at once until its cooldown has passed. Then it probes, and closes if the probe succeeds.',
  },
  closed: {
    title: 'Force closed',
    label: 'Force closed',
    means: 'Calls are let through again at once. It opens again by itself when too many fail.',
  },
  reset: {
    title: 'Reset',
    label: 'Reset',
    means: 'It starts afresh: closed, its failures and figures forgotten.',
  },
}

/** Asks a breaker's owner for a state, with a reason. */
export function ForceDialog({ breaker, ownerIsDead, wish, onClose }: ForceDialogProps) {
  const command = useCommand('set-breaker-state', { quiet: true })
  const notNow = useNotNow()
  const { title, label, means } = TEXTS[wish ?? 'reset']
  return (
    <ConfirmDialog
      open={wish !== undefined}
      onOpenChange={(open) => {
        if (open) return
        command.reset()
        onClose()
      }}
      title={
        <>
          {title} <span className="mono">{breaker.name}</span> of{' '}
          <span className="mono">{breaker.owner}</span>?
        </>
      }
      consequences={`${means} ${ownerIsDead ? 'Its owner is dead: it obeys only if it comes back.' : 'Its owner obeys on its next contact, and says so.'}`}
      confirmLabel={label}
      danger={wish === 'open'}
      notNow={notNow}
      busy={command.isPending}
      error={command.error ? explain(command.error) : undefined}
      onConfirm={(reason) => {
        if (wish === undefined) return
        command.mutate(
          { owner: breaker.owner, name: breaker.name, state: wish, reason },
          {
            onSuccess: () => {
              notify('success', `Asked ${breaker.owner}.`, {
                description: ownerIsDead
                  ? 'It is dead, and obeys only if it comes back.'
                  : 'You see here when it has obeyed.',
              })
              onClose()
            },
          },
        )
      }}
    />
  )
}
