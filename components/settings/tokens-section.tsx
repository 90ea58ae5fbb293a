'use client'

import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import type { MachineToken } from '@/lib/protocol/settings'
import { explain } from '../live/api-error'
import { Button } from '../ui/button'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { EmptyState } from '../ui/empty-state'
import { notify } from '../ui/notify'
import { Td, Th, Tr } from '../ui/table'
import { Moment } from './moment'
import { NewTokenDialog } from './new-token-dialog'
import { ReadList } from './read-list'
import { scopeText } from './scope-text'
import { SectionFrame } from './section-frame'
import { TablePanel } from './table-panel'
import { useRevokeToken, useTokens } from './use-tokens'

/** What machines come in by. */
export function TokensSection() {
  const tokens = useTokens()
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
      <ReadList what="The tokens" query={tokens}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={<KeyRound />} title="There is no machine token">
              Coordinators that hold the shared secret need none. A scraper of the metrics does, and
              so does a program that calls the API by itself.
            </EmptyState>
          ) : (
            <TablePanel label="Machine tokens">
              <thead>
                <tr>
                  <Th>Name</Th>
                  <Th className="max-sm:hidden">Opens</Th>
                  <Th className="max-lg:hidden">Made</Th>
                  <Th className="max-sm:hidden">Used</Th>
                  <Th>
                    <span className="sr-only">Revoke</span>
                  </Th>
                </tr>
              </thead>
              <tbody>
                {all.map((it) => (
                  <TokenRow key={it.id} token={it} onEnd={setEnding} />
                ))}
              </tbody>
            </TablePanel>
          )
        }
      </ReadList>
      {making && <NewTokenDialog onClose={() => setMaking(false)} />}
      {ending && <RevokeToken token={ending} onClose={() => setEnding(undefined)} />}
    </SectionFrame>
  )
}

function TokenRow({ token, onEnd }: { token: MachineToken; onEnd: (token: MachineToken) => void }) {
  const { name, scope, createdAt, createdBy, lastUsedAt } = token
  return (
    <Tr>
      <Td>
        <b className="font-semibold text-ink">{name}</b>
        <span className="mono block text-sm text-mute sm:hidden">{scopeText(scope)}</span>
      </Td>
      <Td className="mono text-sm text-mute max-sm:hidden">{scopeText(scope)}</Td>
      <Td className="text-mute max-lg:hidden">
        <Moment at={createdAt} /> by {createdBy}
      </Td>
      <Td className="whitespace-nowrap text-mute max-sm:hidden">
        {lastUsedAt === undefined ? 'never' : <Moment at={lastUsedAt} />}
      </Td>
      <Td className="w-0 text-right">
        <Button aria-label={`Revoke ${name}`} onClick={() => onEnd(token)}>
          Revoke…
        </Button>
      </Td>
    </Tr>
  )
}

function RevokeToken({ token, onClose }: { token: MachineToken; onClose: () => void }) {
  const revoke = useRevokeToken()
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      askReason={false}
      title={`Revoke ${token.name}?`}
      consequences="Whatever comes in by it is refused at once. It cannot be brought back; a new one has to be handed out."
      confirmLabel="Revoke"
      busy={revoke.isPending}
      error={revoke.error ? explain(revoke.error) : undefined}
      onConfirm={() =>
        revoke.mutate(token.id, {
          onSuccess: () => {
            notify('success', `${token.name} is revoked.`)
            onClose()
          },
        })
      }
    />
  )
}
