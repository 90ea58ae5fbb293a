'use client'

import { BellRing, Plus } from 'lucide-react'
import { useState } from 'react'
import type { ShownWebhook } from '@/lib/protocol/webhooks'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ConfirmChange } from './confirm-change'
import { NewWebhookDialog } from './new-webhook-dialog'
import { ReadList } from './read-list'
import { SectionFrame } from './section-frame'
import { useRemoveWebhook, useWebhooks } from './use-webhooks'
import { WebhookPanel } from './webhook-panel'

/** Who is told of trouble while nobody looks at the board. */
export function NotificationsSection() {
  const webhooks = useWebhooks()
  const remove = useRemoveWebhook()
  const [making, setMaking] = useState(false)
  const [removing, setRemoving] = useState<ShownWebhook>()
  return (
    <SectionFrame
      title="Notifications"
      about="Webhooks are told, once and signed, of what comes to need attention. Acknowledged and snoozed trouble is not told. While Redis is gone nobody is: let something else watch /ready."
      action={
        <Button kind="primary" size="md" onClick={() => setMaking(true)}>
          <Plus /> New webhook…
        </Button>
      }
    >
      <ReadList what="The webhooks" query={webhooks}>
        {(all) =>
          all.length === 0 ? (
            <EmptyState icon={<BellRing />} title="Nobody is told">
              A webhook hands what needs attention to a pager, a chat or a program of yours.
            </EmptyState>
          ) : (
            <div className="grid gap-3">
              {all.map((it) => (
                <WebhookPanel key={it.id} webhook={it} onRemove={setRemoving} />
              ))}
            </div>
          )
        }
      </ReadList>
      {making && <NewWebhookDialog onClose={() => setMaking(false)} />}
      {removing && (
        <ConfirmChange
          change={remove}
          input={removing.id}
          title={`Remove ${removing.name}?`}
          consequences="It is told of nothing more, also not of what was about to be tried again. Its secret cannot be brought back."
          confirm="Remove"
          done={`${removing.name} is removed.`}
          onClose={() => {
            remove.reset()
            setRemoving(undefined)
          }}
        />
      )}
    </SectionFrame>
  )
}
