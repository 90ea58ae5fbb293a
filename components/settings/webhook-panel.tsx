'use client'

import { Send, Trash2 } from 'lucide-react'
import type { DeliveryAttempt, ShownWebhook } from '@/lib/protocol/webhooks'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { IconButton } from '../ui/icon-button'
import { notify } from '../ui/notify'
import { Panel } from '../ui/panel'
import { SectionHeader } from '../ui/section-header'
import { Time } from '../ui/time'
import { Moment } from './moment'
import { useTestWebhook } from './use-webhooks'
import { attemptText, outcomeLooks, subjectWords } from './webhook-words'

const SHOWN = 6

interface WebhookPanelProps {
  webhook: ShownWebhook
  onRemove: (webhook: ShownWebhook) => void
}

/** One who is told: where, of what, and how the latest attempts went. */
export function WebhookPanel({ webhook, onRemove }: WebhookPanelProps) {
  const { id, name, url, about, attempts, createdAt, createdBy } = webhook
  const test = useTestWebhook()
  const send = () =>
    test.mutate(id, {
      onSuccess: ({ attempt }) => {
        const delivered = attempt.outcome === 'delivered'
        notify(
          delivered ? 'success' : 'error',
          delivered ? `${name} took the test.` : `${name} did not take the test.`,
          { description: attemptText(attempt) },
        )
      },
    })
  return (
    <Panel aria-label={name} className="grid gap-3 p-4">
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 flex-1 basis-56 gap-1">
          <SectionHeader
            level={3}
            title={<span className="text-ink">{name}</span>}
            aside={
              <>
                made <Moment at={createdAt} /> by {createdBy}
              </>
            }
          />
          <p className="mono break-all text-sm text-mute">{url}</p>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-faint">
            Told of
            {about.map((it) => (
              <Chip key={it}>{subjectWords[it].short}</Chip>
            ))}
          </p>
        </div>
        <div className="flex items-center gap-1">
          <Button busy={test.isPending} onClick={send} aria-label={`Send a test to ${name}`}>
            <Send /> Send a test
          </Button>
          <IconButton label={`Remove ${name}`} onClick={() => onRemove(webhook)}>
            <Trash2 />
          </IconButton>
        </div>
      </div>
      {attempts.length === 0 ? (
        <p className="text-sm text-faint">
          Nothing was sent yet. Send a test to see that it works.
        </p>
      ) : (
        <ul aria-label={`Latest deliveries to ${name}`} className="grid border-t border-line">
          {attempts.slice(0, SHOWN).map((it, at) => (
            <AttemptLine
              key={`${it.deliveryId}:${it.attempt}`}
              attempt={it}
              isLast={attempts.findIndex((other) => other.deliveryId === it.deliveryId) === at}
            />
          ))}
        </ul>
      )}
    </Panel>
  )
}

interface AttemptLineProps {
  attempt: DeliveryAttempt
  /** No later attempt of the same delivery is known. */
  isLast: boolean
}

function AttemptLine({ attempt, isLast }: AttemptLineProps) {
  const { word, tone } = outcomeLooks[attempt.outcome]
  return (
    <li className="grid items-baseline gap-x-3 gap-y-0.5 border-b border-soft py-1.5 text-sm last:border-b-0 last:pb-0 sm:grid-cols-[5.5rem_minmax(0,1fr)_auto]">
      <span>
        <Chip tone={tone}>{word}</Chip>
      </span>
      <span className="min-w-0">
        <span className="text-ink">{attempt.subject}</span>{' '}
        <span className="text-mute">{attemptText(attempt)}</span>
        {attempt.nextAt !== undefined && isLast && (
          <span className="text-faint">
            , next <Time at={attempt.nextAt} style="relative" />
          </span>
        )}
      </span>
      <span className="whitespace-nowrap text-faint">
        <Moment at={attempt.at} />
      </span>
    </li>
  )
}
