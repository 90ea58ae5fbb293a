'use client'

import { useCallback, useState } from 'react'
import type { ConsensusView } from '@/lib/protocol/consensus'
import type { View } from '@/lib/view/view'
import { explain } from '../live/api-error'
import { useMay } from '../live/session-context'
import { useCommand } from '../live/use-command'
import { useView } from '../live/use-live'
import { useNotNow } from '../live/use-not-now'
import { Button } from '../ui/button'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { notify } from '../ui/notify'
import { Panel } from '../ui/panel'
import { Time } from '../ui/time'

const CHOICES = [
  { decision: 'proceed', label: 'Proceed', means: 'The work is good. The swarm goes on.' },
  {
    decision: 'defer',
    label: 'Defer',
    means: 'The work is good enough; what is left goes to the backlog.',
  },
  { decision: 'escalate', label: 'Escalate', means: 'The swarm stops here, and people take over.' },
] as const
type Choice = (typeof CHOICES)[number]

/** The product owner's word, where a loop waits for it. */
export function OwnerDecision({ round }: { round: ConsensusView }) {
  const [asked, setAsked] = useState<{ round: ConsensusView; choice: Choice }>()
  const may = useMay('operator')
  const notNow = useNotNow()
  const waits = round.policy === 'owner' && round.outcome === undefined
  return (
    <>
      {waits && (
        <Panel tone="blocked" className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
          <p className="min-w-60 flex-1 text-base text-mute">
            <b className="font-semibold text-ink">
              Loop {round.loop}, iteration {round.iteration} waits for its owner.
            </b>{' '}
            {may ? 'What you decide goes to the swarm at once.' : 'An operator can decide it.'}
          </p>
          {may && (
            <div className="flex flex-wrap gap-2">
              {CHOICES.map((choice) => (
                <Button
                  key={choice.decision}
                  size="md"
                  kind={choice.decision === 'proceed' ? 'primary' : 'plain'}
                  disabled={notNow !== undefined}
                  title={notNow}
                  onClick={() => setAsked({ round, choice })}
                >
                  {choice.label}…
                </Button>
              ))}
            </div>
          )}
        </Panel>
      )}
      {asked && <DecideDialog {...asked} onClose={() => setAsked(undefined)} />}
    </>
  )
}

interface DecideDialogProps {
  /** The one that was asked about: a later round does not slip in under the pointer. */
  round: ConsensusView
  choice: Choice
  onClose: () => void
}

function DecideDialog({ round, choice, onClose }: DecideDialogProps) {
  const command = useCommand('decide-consensus', { quiet: true })
  const notNow = useNotNow()
  const now = useView(useCallback((view: View) => view.consensus.get(round.key), [round.key]))
  // While this press is under way, the outcome may be its own.
  const outcome = command.isPending || command.isSuccess ? undefined : now?.outcome
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${choice.label} ${round.swarmId}, iteration ${round.iteration}?`}
      consequences={choice.means}
      confirmLabel={choice.label}
      danger={choice.decision === 'escalate'}
      notNow={notNow}
      busy={command.isPending}
      error={command.error ? explain(command.error) : undefined}
      {...(outcome && {
        overtaken: (
          <>
            <b className="font-semibold text-ink">It is decided already: {outcome.decision}</b>, by{' '}
            {outcome.by === 'system' ? 'its deadline' : outcome.by.replace(/^operator:/, '')},{' '}
            <Time at={outcome.at} ago />.
          </>
        ),
      })}
      onConfirm={(reason) =>
        command.mutate(
          { key: round.key, decision: choice.decision, reason },
          {
            onSuccess: ({ decision }) => {
              notify('success', `${round.swarmId}: ${decision}.`)
              onClose()
            },
          },
        )
      }
    />
  )
}
