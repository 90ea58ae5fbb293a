'use client'

import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { MachineToken } from '@/lib/protocol/settings'
import { scopeText } from '@/lib/view/scope-text'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ConfirmChange } from './confirm-change'
import { Moment } from './moment'
import { NewTokenDialog } from './new-token-dialog'
import { type RecordColumn, RecordList } from './record-list'
import { SectionFrame } from './section-frame'
import { useRevokeToken, useTokens } from './use-tokens'

/** What machines come in by. */
export function TokensSection() {
  const tokens = useTokens()
  const revoke = useRevokeToken()
  const [making, setMaking] = useState(false)
  const [ending, setEnding] = useState<MachineToken>()
  const make = (
    <Button kind="primary" size="md" onClick={() => setMaking(true)}>
      <Plus /> New token…
    </Button>
  )
  return (
    <SectionFrame
      title="Machine tokens"
      about="What programs come in by: each opens one coordinator, one swarm, or only the metrics. No token signs a person in."
      action={make}
    >
      <RecordList
        label="Machine tokens"
        what="The tokens"
        query={tokens}
        keyOf={(it) => it.id}
        columns={columnsOf(setEnding)}
        empty={
          <EmptyState icon={<KeyRound />} title="There is no machine token">
            Coordinators that hold the shared secret need none. A scraper of the metrics does, and
            so does a program that calls the API by itself.
          </EmptyState>
        }
      />
      {making && <NewTokenDialog onClose={() => setMaking(false)} />}
      {ending && (
        <ConfirmChange
          change={revoke}
          input={ending.id}
          title={`Revoke ${ending.name}?`}
          consequences="Whatever comes in by it is refused at once. It cannot be brought back; a new one has to be handed out."
          confirm="Revoke"
          done={`${ending.name} is revoked.`}
          onClose={() => {
            revoke.reset()
            setEnding(undefined)
          }}
        />
      )}
    </SectionFrame>
  )
}

const columnsOf = (onEnd: (token: MachineToken) => void): RecordColumn<MachineToken>[] => [
  {
    head: 'Name',
    cell: ({ name, scope }) => (
      <>
        <b className="font-semibold text-ink">{name}</b>
        <span className="mono block text-sm text-mute sm:hidden">{scopeText(scope)}</span>
      </>
    ),
  },
  {
    head: 'Opens',
    from: 'sm',
    className: 'mono text-sm text-mute',
    cell: ({ scope }) => scopeText(scope),
  },
  {
    head: 'Made',
    from: 'lg',
    className: 'text-mute',
    cell: ({ createdAt, createdBy }) => (
      <>
        <Moment at={createdAt} /> by {createdBy}
      </>
    ),
  },
  {
    head: 'Used',
    from: 'sm',
    className: 'whitespace-nowrap text-mute',
    cell: ({ lastUsedAt }) => (lastUsedAt === undefined ? 'never' : <Moment at={lastUsedAt} />),
  },
  {
    head: 'Revoke',
    hideHead: true,
    className: 'w-0 text-right',
    cell: (token) => (
      <Button aria-label={`Revoke ${token.name}`} onClick={() => onEnd(token)}>
        Revoke…
      </Button>
    ),
  },
]
