'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { setTheme, type Theme, useTheme } from '../frame/theme'
import { useSession } from '../live/session-context'
import { Chip } from '../ui/chip'
import { Panel } from '../ui/panel'
import { SectionHeader } from '../ui/section-header'
import { Segmented } from '../ui/segmented'
import { Time } from '../ui/time'
import { setTimeStyle, type TimeStyle, useTimeStyle } from '../ui/time-style'
import { PasswordForm } from './password-form'
import { roleMeaning } from './role-meaning'
import { SectionFrame } from './section-frame'

/** Who one is, one's password, and how the board looks to one. */
export function AccountSection() {
  const { user, role, expiresAt } = useSession()
  return (
    <SectionFrame
      title="Your account"
      about={
        <>
          Signed in as <b className="font-semibold text-ink">{user}</b>. This session ends{' '}
          <Time at={expiresAt} style="relative" className="text-ink" /> at the latest.
        </>
      }
    >
      <div className="grid gap-4 xl:grid-cols-2">
        <Panel aria-label="Role" className="grid content-start gap-2 p-4">
          <SectionHeader level={3} title="Role" aside={<Chip tone="ivory">{role}</Chip>} />
          <p className="text-base text-mute">
            Somebody with the role {role} {roleMeaning[role]}.
          </p>
        </Panel>
        <Look />
        <PasswordForm user={user} />
      </div>
    </SectionFrame>
  )
}

function Look() {
  const theme = useTheme()
  const times = useTimeStyle()
  return (
    <Panel aria-label="Look" className="grid content-start gap-3 p-4">
      <SectionHeader level={3} title="Look" aside="in this browser" />
      <Choice name="Colours">
        <Segmented<Theme>
          label="Colours"
          value={theme}
          onChange={setTheme}
          options={[
            {
              value: 'system',
              label: (
                <>
                  <Monitor aria-hidden /> System
                </>
              ),
            },
            {
              value: 'dark',
              label: (
                <>
                  <Moon aria-hidden /> Dark
                </>
              ),
            },
            {
              value: 'light',
              label: (
                <>
                  <Sun aria-hidden /> Light
                </>
              ),
            },
          ]}
        />
      </Choice>
      <Choice name="Times">
        <Segmented<TimeStyle>
          label="Times"
          value={times}
          onChange={setTimeStyle}
          options={[
            { value: 'relative', label: 'Ages' },
            { value: 'utc', label: 'UTC' },
            { value: 'local', label: 'Local' },
          ]}
        />
      </Choice>
    </Panel>
  )
}

function Choice({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1.5">
      <span className="text-base text-mute">{name}</span>
      {children}
    </div>
  )
}
