'use client'

import { Clock, Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import * as z from 'zod'
import { apiDelete } from '../live/api'
import { explain } from '../live/api-error'
import { useSession } from '../live/session-context'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '../ui/menu'
import { notify } from '../ui/notify'
import { setTimeStyle, type TimeStyle, useTimeStyle } from '../ui/time-style'
import { runShortcut } from './shortcuts'
import { setTheme, type Theme, useTheme } from './theme'
import { UserButton } from './user-button'

async function signOut(): Promise<void> {
  try {
    await apiDelete('/session', {}, z.unknown())
    // A whole new page: nothing of the last person's stays in memory.
    window.location.assign('/sign-in')
  } catch (error) {
    notify('error', 'Still signed in', { description: explain(error) })
  }
}

/** Who is signed in, how the page looks to them, and the way out. */
export default function UserMenu({ defaultOpen }: { defaultOpen: boolean }) {
  const { user, role } = useSession()
  const theme = useTheme()
  const times = useTimeStyle()
  return (
    <Menu
      side="right"
      defaultOpen={defaultOpen}
      align="end"
      trigger={<UserButton user={user} role={role} />}
    >
      <MenuHeading>
        <b className="font-semibold text-ink">{user}</b>, {role}
      </MenuHeading>
      <MenuSeparator />
      <MenuChoice<Theme>
        label="Colours"
        value={theme}
        onChange={setTheme}
        options={[
          { value: 'system', label: 'As the system', icon: <Monitor /> },
          { value: 'dark', label: 'Dark', icon: <Moon /> },
          { value: 'light', label: 'Light', icon: <Sun /> },
        ]}
      />
      <MenuSeparator />
      <MenuChoice<TimeStyle>
        label="Times"
        value={times}
        onChange={setTimeStyle}
        options={[
          { value: 'relative', label: 'Ages', icon: <Clock /> },
          { value: 'utc', label: 'UTC', icon: <Clock /> },
          { value: 'local', label: 'Local', icon: <Clock /> },
        ]}
      />
      <MenuSeparator />
      <MenuItem icon={<Keyboard />} hint="?" onSelect={() => runShortcut('help')}>
        Keys
      </MenuItem>
      <MenuItem icon={<LogOut />} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
