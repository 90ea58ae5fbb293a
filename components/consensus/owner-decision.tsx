'use client'

import { useState } from 'react'
import type { ConsensusView } from '@/lib/protocol/consensus'
import { explain } from '../live/api-error'
import { useMay } from '../live/session-context'
import { useCommand } from '../live/use-command'
import { useLink } from '../live/use-live'
import { Button } from '../ui/button'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { notify } from '../ui/notify'
import { Panel } from '../ui/panel'

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
  const [choice, setChoice] = useState<Choice>()
  const may = useMay('operator')
  const live = useLink().state === 'live'
  const command = useCommand('decide-consensus', { quiet: true })
  if (round.policy !== 'owner' || round.outcome !== undefined) return null
  return (
    <Panel tone="blocked" className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4">
      <p className="min-w-60 flex-1 text-base text-mute">
        <b className="font-semibold text-ink">
          Loop {round.loop}, iteration {round.iteration} waits for its owner.
        </b>{' '}
        {may ? 'What you decide goes to the swarm at once.' : 'An operator can decide it.'}
      </p>
      {may && (
        <div className="flex flex-wrap gap-2">
          {CHOICES.map((it) => (
            <Button
              key={it.decision}
              size="md"
              kind={it.decision === 'proceed' ? 'primary' : 'plain'}
              disabled={!live}
              onClick={() => setChoice(it)}
            >
              {it.label}…
            </Button>
          ))}
        </div>
      )}
      <ConfirmDialog
        open={choice !== undefined}
        onOpenChange={(open) => {
          if (open) return
          setChoice(undefined)
          command.reset()
        }}
        title={`${choice?.label ?? ''} ${round.swarmId}, iteration ${round.iteration}?`}
        consequences={choice?.means}
        confirmLabel={choice?.label ?? ''}
        danger={choice?.decision === 'escalate'}
        busy={command.isPending}
        error={command.error ? explain(command.error) : undefined}
        onConfirm={(reason) => {
          if (choice === undefined) return
          command.mutate(
            { key: round.key, decision: choice.decision, reason },
            {
              onSuccess: ({ decision }) => {
                notify('success', `${round.swarmId}: ${decision}.`)
                setChoice(undefined)
              },
            },
          )
        }}
      />
    </Panel>
  )
}
