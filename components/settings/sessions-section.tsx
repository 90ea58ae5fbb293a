'use client'

import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import type { SessionEntry } from '@/lib/protocol/settings'
import { explain } from '../live/api-error'
import { useMay, useSession } from '../live/session-context'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { EmptyState } from '../ui/empty-state'
import { notify } from '../ui/notify'
import { Segmented } from '../ui/segmented'
import { Time } from '../ui/time'
import { useUrlState } from '../ui/use-url-state'
import { deviceOf } from './device-of'
import { Moment } from './moment'
import { type RecordColumn, RecordList } from './record-list'
import { SectionFrame } from './section-frame'
import { useRevokeSession, useSessions } from './use-sessions'

/** Where one is signed in, and for admins where everybody is. */
export function SessionsSection() {
  const { user } = useSession()
  const isAdmin = useMay('admin')
  const [url, setUrl] = useUrlState()
  const mine = !isAdmin || url.get('whose') === 'mine'
  const sessions = useSessions()
  const [ending, setEnding] = useState<SessionEntry>()
  return (
    <SectionFrame
      title="Sessions"
      about={
        mine
          ? 'Every browser that is signed in as you. One that you do not know: revoke it, and set a new password.'
          : 'Every browser that is signed in. A revoked one is out within seconds.'
      }
      action={
        isAdmin && (
          <Segmented
            label="Whose"
            value={mine ? 'mine' : 'all'}
            onChange={(it) => setUrl({ whose: it === 'mine' ? 'mine' : undefined })}
            options={[
              { value: 'all', label: 'Everybody’s' },
              { value: 'mine', label: 'Mine' },
            ]}
          />
        )
      }
    >
      <RecordList
        label="Sessions"
        what="The sessions"
        query={
          mine ? { ...sessions, data: sessions.data?.filter((it) => it.user === user) } : sessions
        }
        keyOf={(it) => it.id}
        columns={columnsOf(setEnding)}
        empty={<EmptyState icon={<MonitorSmartphone />} title="Nobody is signed in" />}
      />
      <EndSession session={ending} onClose={() => setEnding(undefined)} />
    </SectionFrame>
  )
}

const columnsOf = (onEnd: (session: SessionEntry) => void): RecordColumn<SessionEntry>[] => [
  {
    head: 'Who and where',
    cell: ({ user, role, own, userAgent, lastSeenAt }) => (
      <>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <b className="font-semibold text-ink">{user}</b>
          <span className="text-sm text-faint">{role}</span>
          {own && <Chip tone="active">this one</Chip>}
        </span>
        <span title={userAgent} className="text-sm text-mute">
          {deviceOf(userAgent)}
        </span>
        <span className="text-sm text-faint sm:hidden">
          , seen <Moment at={lastSeenAt} />
        </span>
      </>
    ),
  },
  {
    head: 'From',
    from: 'lg',
    className: 'mono text-sm text-mute',
    cell: ({ address }) => address,
  },
  {
    head: 'Seen',
    from: 'sm',
    className: 'whitespace-nowrap text-mute',
    cell: ({ lastSeenAt }) => <Moment at={lastSeenAt} />,
  },
  {
    head: 'Signed in',
    from: 'lg',
    className: 'whitespace-nowrap text-mute',
    cell: ({ createdAt }) => <Moment at={createdAt} />,
  },
  {
    head: 'Ends at the latest',
    from: 'xl',
    className: 'whitespace-nowrap text-mute',
    cell: ({ expiresAt }) => <Time at={expiresAt} style="relative" />,
  },
  {
    head: 'Revoke',
    hideHead: true,
    className: 'w-0 text-right',
    cell: (session) => (
      <Button
        aria-label={
          session.own ? 'Sign out' : `Revoke ${session.user}, ${deviceOf(session.userAgent)}`
        }
        onClick={() => onEnd(session)}
      >
        {session.own ? 'Sign out' : 'Revoke…'}
      </Button>
    ),
  },
]

function EndSession({
  session,
  onClose,
}: {
  session: SessionEntry | undefined
  onClose: () => void
}) {
  const revoke = useRevokeSession()
  const own = session?.own ?? false
  return (
    <ConfirmDialog
      open={session !== undefined}
      onOpenChange={(open) => {
        if (open) return
        revoke.reset()
        onClose()
      }}
      askReason={false}
      danger={!own}
      title={own ? 'Sign out of this browser?' : `Revoke this session of ${session?.user ?? ''}?`}
      consequences={
        own
          ? 'You go back to the door, in every tab of this browser.'
          : `${deviceOf(session?.userAgent)} is signed out within seconds, and what was being typed there is lost.`
      }
      confirmLabel={own ? 'Sign out' : 'Revoke'}
      busy={revoke.isPending}
      error={revoke.error ? explain(revoke.error) : undefined}
      onConfirm={() => {
        if (session === undefined) return
        revoke.mutate(session.id, {
          onSuccess: () => {
            // A whole new page: nothing of the last person's stays in memory.
            if (own) return window.location.assign('/sign-in')
            notify('success', `${session.user} is signed out there.`)
            onClose()
          },
        })
      }}
    />
  )
}
