'use client'

import { Clock, Keyboard, LogOut, Monitor, Moon, Sun } from 'lucide-react'
import { toast } from 'sonner'
import { z } from 'zod'
import { apiDelete } from '../live/api'
import { explain } from '../live/api-error'
import { useSession } from '../live/session-context'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuSeparator } from '../ui/menu'
import { setTimeStyle, type TimeStyle, useTimeStyle } from '../ui/time-style'
import { runShortcut } from './shortcuts'
import { setTheme, type Theme, useTheme } from './theme'

async function signOut(): Promise<void> {
  try {
    await apiDelete('/session', {}, z.unknown())
    // A whole new page: nothing of the last person's stays in memory.
    window.location.assign('/sign-in')
  } catch (error) {
    toast.error('Still signed in', { description: explain(error) })
  }
}

/** Who is signed in, how the page looks to them, and the way out. */
export function UserMenu() {
  const { user, role } = useSession()
  const theme = useTheme()
  const times = useTimeStyle()
  return (
    <Menu
      side="right"
      align="end"
      trigger={
        <button
          type="button"
          aria-label={`${user}, ${role}: menu`}
          className="flex h-9 flex-none items-center gap-2.5 rounded-lg text-base text-mute hover:bg-raise hover:text-ink max-xl:w-9 max-xl:justify-center max-md:ml-auto xl:px-1.5"
        >
          <span
            aria-hidden
            className="grid size-[22px] flex-none place-items-center rounded-full bg-soft text-2xs font-bold text-ink uppercase"
          >
            {user.slice(0, 2)}
          </span>
          <span className="truncate max-xl:sr-only">{user}</span>
        </button>
      }
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
