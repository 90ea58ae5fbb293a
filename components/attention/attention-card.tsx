'use client'

import { BellOff, Check, Eye } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { memo, type RefObject, useEffect, useRef } from 'react'
import type { AttentionAction, AttentionEntry } from '@/lib/view/attention-entry'
import { useBulk } from '../frame/bulk-host'
import { useEscalation } from '../frame/escalation-host'
import { RoomLink } from '../frame/room-link'
import { useShortcut } from '../frame/shortcuts'
import { useMay } from '../live/session-context'
import { useCommand } from '../live/use-command'
import { serverNow } from '../live/use-live'
import { useNotNow } from '../live/use-not-now'
import { Button } from '../ui/button'
import { openCoordinator } from '../ui/coordinator-href'
import { cx } from '../ui/cx'
import { IconButton } from '../ui/icon-button'
import { Lamp } from '../ui/lamp'
import { Menu, MenuItem } from '../ui/menu'
import { notify } from '../ui/notify'
import { Sentence } from '../ui/sentence'
import { statusLooks } from '../ui/status-look'
import { Time } from '../ui/time'
import { actionHref, actionLabel, changesSomething, entryHref } from './attention-actions'
import { SNOOZES } from './snoozes'

interface AttentionCardProps {
  entry: AttentionEntry
  /** In the room there is space for more. */
  wide?: boolean
  /** A link named this one. */
  named?: boolean
}

/** One root cause: why, in a sentence, and what can be done about it. */
export const AttentionCard = memo(function AttentionCard({
  entry,
  wide,
  named,
}: AttentionCardProps) {
  const card = useRef<HTMLElement>(null)
  useEffect(() => {
    if (named) card.current?.scrollIntoView({ block: 'nearest' })
  }, [named])
  const { handling, status } = entry
  const tone = statusLooks[status].tone
  const open = handling.state === 'open'
  const Title = wide ? 'h2' : 'h3'
  return (
    <article
      ref={card}
      data-tone={tone}
      aria-label={entry.title}
      aria-current={named || undefined}
      className={cx(
        'grid gap-1.5 rounded-xl border bg-panel px-3 py-2.5',
        open && (tone === 'dead' || status === 'unknown')
          ? 'border-[color-mix(in_oklab,var(--c)_42%,var(--line))]'
          : 'border-line',
        wide && 'gap-2 px-4 py-3.5',
        named && 'ring-2 ring-ivory',
      )}
    >
      <div className="flex items-baseline gap-2">
        <Lamp status={status} decorative className="translate-y-0.5" />
        <Title
          className={cx(
            'min-w-0 flex-1 font-semibold',
            open ? 'text-ink' : 'text-mute',
            wide && 'text-md',
          )}
        >
          <RoomLink
            href={entryHref(entry.id)}
            prefetch={false}
            className="underline-offset-2 hover:underline"
          >
            {entry.title}
          </RoomLink>
        </Title>
        <Time at={entry.since} className="flex-none text-xs text-faint" />
      </div>
      <p className={cx('text-mute', wide ? 'text-base' : 'text-sm')}>
        <Sentence parts={entry.sentence} />
      </p>
      {handling.state !== 'open' && (
        <p className="flex items-center gap-1.5 text-xs text-faint">
          {handling.state === 'acknowledged' ? (
            <>
              <Eye aria-hidden className="size-3" /> {handling.by} has seen it,{' '}
              <Time at={handling.at} ago />
            </>
          ) : (
            <>
              <BellOff aria-hidden className="size-3" /> put off by {handling.by}, comes back{' '}
              <Time at={handling.until} />
            </>
          )}
        </p>
      )}
      <Actions entry={entry} card={card} />
    </article>
  )
})

interface ActionsProps {
  entry: AttentionEntry
  card: RefObject<HTMLElement | null>
}

function Actions({ entry, card }: ActionsProps) {
  const router = useRouter()
  const may = useMay('operator')
  const { escalate } = useEscalation()
  const { actOn } = useBulk()
  const notNow = useNotNow()
  const acknowledge = useCommand('acknowledge-attention')
  const snooze = useCommand('snooze-attention')
  const run = (action: AttentionAction) => {
    if (action.kind === 'escalate') escalate(action.coordinatorId)
    else if (action.kind === 'escalate-all')
      actOn({ action: 'escalate-coordinator', ids: action.coordinatorIds })
    else if (action.kind === 'open-coordinator') openCoordinator(action.coordinatorId)
    else router.push(actionHref(action))
  }
  const actions = offered(entry.actions, may)
  const isOpen = entry.handling.state === 'open'
  useShortcut('escalate', () => {
    const action = actions.find((it) => it.kind === 'escalate' || it.kind === 'escalate-all')
    // Each entry of the queue listens: the one that has the focus is meant.
    if (
      action === undefined ||
      notNow !== undefined ||
      !card.current?.contains(document.activeElement)
    )
      return false
    run(action)
  })
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-1.5">
      {actions.map((action) => (
        <Button
          key={action.kind}
          kind={changesSomething(action) ? 'primary' : 'plain'}
          disabled={changesSomething(action) && notNow !== undefined}
          title={changesSomething(action) ? notNow : undefined}
          onClick={() => run(action)}
        >
          {actionLabel(action)}
        </Button>
      ))}
      {may && isOpen && (
        <span className="ml-auto flex">
          <IconButton
            size="sm"
            label="I have seen it"
            disabled={acknowledge.isPending}
            onClick={() => {
              // Not the call's own callback: the card goes as soon as the board hears of it.
              acknowledge.mutateAsync({ entry: entry.id }).then(
                () => notify('success', 'Acknowledged, with your name on it'),
                () => {},
              )
            }}
          >
            <Check />
          </IconButton>
          <Menu
            align="end"
            trigger={
              <IconButton size="sm" label="Put off" disabled={snooze.isPending}>
                <BellOff />
              </IconButton>
            }
          >
            {SNOOZES.map(({ says, ms }) => (
              <MenuItem
                key={says}
                onSelect={() => {
                  snooze.mutateAsync({ entry: entry.id, until: serverNow() + ms }).then(
                    () => notify('success', `Put off ${says}, with your name on it`),
                    () => {},
                  )
                }}
              >
                {says}
              </MenuItem>
            ))}
          </Menu>
        </span>
      )}
    </div>
  )
}

/** What changes something is for who may; they need no button that leads to the same place and only shows it. */
function offered(actions: readonly AttentionAction[], may: boolean): readonly AttentionAction[] {
  const decides = may && actions.some((it) => it.kind === 'decide')
  return actions.filter((it) =>
    changesSomething(it) ? may : !(decides && it.kind === 'show-round'),
  )
}
