'use client'

import { Link2, Trash2, UserPlus } from 'lucide-react'
import { useState } from 'react'
import type { Role } from '@/lib/protocol/roles'
import type { User } from '@/lib/protocol/settings'
import { useSession } from '../live/session-context'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { IconButton } from '../ui/icon-button'
import { Select } from '../ui/select'
import { Td, Th, Tr } from '../ui/table'
import { AddUserDialog } from './add-user-dialog'
import { MakeLinkDialog } from './make-link-dialog'
import { Moment } from './moment'
import { ReadList } from './read-list'
import { RemoveUserDialog } from './remove-user-dialog'
import { roleOptions } from './role-meaning'
import { SectionFrame } from './section-frame'
import { SetRoleDialog } from './set-role-dialog'
import { TablePanel } from './table-panel'
import { useUsers } from './use-users'

type Asked =
  | { what: 'add' }
  | { what: 'link' | 'remove'; name: string }
  | { what: 'role'; name: string; from: Role; to: Role }

/** Who may sign in, and as what. */
export function UsersSection() {
  const users = useUsers()
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
      <ReadList what="The users" query={users}>
        {(all) => (
          <TablePanel label="Users">
            <thead>
              <tr>
                <Th>Name</Th>
                <Th className="max-lg:hidden">Added</Th>
                <Th className="max-sm:hidden">Password</Th>
                <Th>Role</Th>
                <Th>
                  <span className="sr-only">Actions</span>
                </Th>
              </tr>
            </thead>
            <tbody>
              {all.map((it) => (
                <UserRow key={it.name} user={it} onAsk={setAsked} />
              ))}
            </tbody>
          </TablePanel>
        )}
      </ReadList>
      {asked?.what === 'add' && <AddUserDialog onClose={close} />}
      {asked?.what === 'link' && <MakeLinkDialog name={asked.name} onClose={close} />}
      {asked?.what === 'remove' && <RemoveUserDialog name={asked.name} onClose={close} />}
      {asked?.what === 'role' && <SetRoleDialog {...asked} onClose={close} />}
    </SectionFrame>
  )
}

function UserRow({ user, onAsk }: { user: User; onAsk: (asked: Asked) => void }) {
  const { name, role, createdAt, createdBy, hasPassword } = user
  const isOneself = useSession().user === name
  return (
    <Tr>
      <Td>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <b className="font-semibold text-ink">{name}</b>
          {isOneself && <Chip tone="active">you</Chip>}
        </span>
        {!hasPassword && <span className="text-sm text-faint sm:hidden">no password</span>}
      </Td>
      <Td className="text-mute max-lg:hidden">
        <Moment at={createdAt} /> by {createdBy}
      </Td>
      <Td className="max-sm:hidden">
        <Chip tone={hasPassword ? 'active' : 'off'}>{hasPassword ? 'set' : 'none yet'}</Chip>
      </Td>
      <Td className="w-0">
        {isOneself ? (
          // Whoever takes their own role away cannot give it back.
          <span title="Another admin can change it." className="px-2.5 text-mute">
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
        )}
      </Td>
      <Td className="w-0 whitespace-nowrap text-right">
        <IconButton
          label={`Make a sign-in link for ${name}`}
          onClick={() => onAsk({ what: 'link', name })}
        >
          <Link2 />
        </IconButton>
        <IconButton
          label={isOneself ? 'Another admin can remove you' : `Remove ${name}`}
          disabled={isOneself}
          onClick={() => onAsk({ what: 'remove', name })}
        >
          <Trash2 />
        </IconButton>
      </Td>
    </Tr>
  )
}
