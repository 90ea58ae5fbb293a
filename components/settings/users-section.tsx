'use client'

import { KeyRound, Link2, Trash2, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Role } from '@/lib/protocol/roles'
import type { User } from '@/lib/protocol/settings'
import { useSession } from '../live/session-context'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { IconButton } from '../ui/icon-button'
import { Select } from '../ui/select'
import { AddUserDialog } from './add-user-dialog'
import { MakeLinkDialog } from './make-link-dialog'
import { Moment } from './moment'
import { type RecordColumn, RecordList } from './record-list'
import { RemoveUserDialog } from './remove-user-dialog'
import { ResetPasswordDialog } from './reset-password-dialog'
import { roleOptions } from './role-meaning'
import { SectionFrame } from './section-frame'
import { SetRoleDialog } from './set-role-dialog'
import { useUsers } from './use-users'

type Asked =
  | { what: 'add' }
  | { what: 'link' | 'remove'; name: string }
  | { what: 'password'; name: string; hasPassword: boolean }
  | { what: 'role'; name: string; from: Role; to: Role }

/** Who may sign in, and as what. */
export function UsersSection() {
  const users = useUsers()
  const own = useSession().user
  const [asked, setAsked] = useState<Asked>()
  const close = () => setAsked(undefined)
  return (
    <SectionFrame
      title="Users"
      about="Who may sign in, and what they may do. A new user comes in by a link that works once, and chooses a password inside."
      action={
        <Button kind="primary" size="md" onClick={() => setAsked({ what: 'add' })}>
          <UserPlus /> Add user…
        </Button>
      }
    >
      <RecordList
        label="Users"
        what="The users"
        query={users}
        keyOf={(it) => it.name}
        columns={columnsOf(own, setAsked)}
        empty={null}
      />
      {asked?.what === 'add' && <AddUserDialog onClose={close} />}
      {asked?.what === 'link' && <MakeLinkDialog name={asked.name} onClose={close} />}
      {asked?.what === 'password' && (
        <ResetPasswordDialog name={asked.name} hasPassword={asked.hasPassword} onClose={close} />
      )}
      {asked?.what === 'remove' && <RemoveUserDialog name={asked.name} onClose={close} />}
      {asked?.what === 'role' && <SetRoleDialog {...asked} onClose={close} />}
    </SectionFrame>
  )
}

const columnsOf = (own: string, onAsk: (asked: Asked) => void): RecordColumn<User>[] => [
  {
    head: 'Name',
    cell: ({ name, hasPassword }) => (
      <>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <b className="font-semibold text-ink">{name}</b>
          {name === own && <Chip tone="active">you</Chip>}
        </span>
        {!hasPassword && (
          <span className="whitespace-nowrap text-sm text-faint sm:hidden">no password</span>
        )}
      </>
    ),
  },
  {
    head: 'Added',
    from: 'lg',
    className: 'text-mute',
    cell: ({ createdAt, createdBy }) => (
      <>
        <Moment at={createdAt} /> by {createdBy}
      </>
    ),
  },
  {
    head: 'Password',
    from: 'sm',
    cell: ({ hasPassword }) => (
      <Chip tone={hasPassword ? 'active' : 'off'}>{hasPassword ? 'set' : 'none yet'}</Chip>
    ),
  },
  {
    head: 'Role',
    className: 'w-0',
    cell: ({ name, role }) =>
      name === own ? (
        // Whoever takes their own role away cannot give it back.
        <span title="Another admin can change it." className="whitespace-nowrap px-2.5 text-mute">
          {role}
        </span>
      ) : (
        <Select
          label={`Role of ${name}`}
          className="w-28"
          value={role}
          options={roleOptions}
          onChange={(to) => onAsk({ what: 'role', name, from: role, to })}
        />
      ),
  },
  {
    head: 'Actions',
    hideHead: true,
    className: 'w-0 text-right max-sm:min-w-19 max-sm:px-1 sm:whitespace-nowrap',
    cell: ({ name, hasPassword }) => (
      <>
        <IconButton
          label={`Make a sign-in link for ${name}`}
          onClick={() => onAsk({ what: 'link', name })}
        >
          <Link2 />
        </IconButton>
        <IconButton
          label={name === own ? 'Your own is under Account' : `Reset the password of ${name}`}
          disabled={name === own}
          onClick={() => onAsk({ what: 'password', name, hasPassword })}
        >
          <KeyRound />
        </IconButton>
        <IconButton
          label={name === own ? 'Another admin can remove you' : `Remove ${name}`}
          disabled={name === own}
          onClick={() => onAsk({ what: 'remove', name })}
        >
          <Trash2 />
        </IconButton>
      </>
    ),
  },
]
