'use client'

import { useEffect, useState } from 'react'
import type { CommandResult } from '@/lib/protocol/commands'
import { Dialog } from '../ui/dialog'
import { EscalateForm } from './escalate-form'
import { FollowReplacement } from './follow-replacement'

interface EscalateDialogProps {
  coordinatorId: string
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Says what an escalation would do, asks why, does it, and follows the replacement until its first beat. */
export function EscalateDialog({ coordinatorId, open, onOpenChange }: EscalateDialogProps) {
  const [result, setResult] = useState<CommandResult<'escalate-coordinator'>>()
  useEffect(() => {
    if (open) setResult(undefined)
  }, [open])
  const close = () => onOpenChange(false)
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={
        <>
          {result ? 'Replacing' : 'Escalate'} <span className="mono">{coordinatorId}</span>
        </>
      }
    >
      {result ? (
        <FollowReplacement result={result} onClose={close} onAgain={setResult} />
      ) : (
        <EscalateForm coordinatorId={coordinatorId} onDone={setResult} onCancel={close} />
      )}
    </Dialog>
  )
}
