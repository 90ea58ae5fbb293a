'use client'

import { ShieldAlert } from 'lucide-react'
import type { ComponentType, MouseEvent } from 'react'
import { roleAtLeast } from '@/lib/protocol/roles'
import { useShortcut } from '../frame/shortcuts'
import { useSession } from '../live/session-context'
import { cx } from '../ui/cx'
import { EmptyState } from '../ui/empty-state'
import { useUrlState } from '../ui/use-url-state'
import { AccountSection } from './account-section'
import { AuditSection } from './audit-section'
import { NotificationsSection } from './notifications-section'
import { type Section, type SectionId, sectionOf, sectionsFor } from './sections'
import { SessionsSection } from './sessions-section'
import { TokensSection } from './tokens-section'
import { UsersSection } from './users-section'

const contents: Record<SectionId, ComponentType> = {
  account: AccountSection,
  sessions: SessionsSection,
  users: UsersSection,
  tokens: TokensSection,
  notifications: NotificationsSection,
  audit: AuditSection,
}

/** Who may come in, what comes in by itself, and what was done. */
export function SettingsRoom() {
  const { role } = useSession()
  const [url, setUrl] = useUrlState()
  const section = sectionOf(url.get('section'))
  const offered = sectionsFor(role)
  const go = (id: SectionId) => setUrl({ section: id, whose: undefined }, true)
  const step = (by: number) => {
    const at = offered.findIndex((it) => it.id === section.id)
    const next = offered[Math.min(offered.length - 1, Math.max(0, at + by))]
    if (next === undefined || next.id === section.id) return false
    go(next.id)
  }
  useShortcut('next', () => step(1))
  useShortcut('previous', () => step(-1))
  const Content = contents[section.id]
  return (
    <div className="scrolls min-h-0 flex-1">
      <div className="mx-auto grid max-w-[76rem] gap-x-8 gap-y-5 px-4 pt-3.5 pb-10 md:grid-cols-[10rem_minmax(0,1fr)]">
        <div className="grid content-start gap-3 self-start md:sticky md:top-3.5">
          <h1 className="text-lg font-semibold text-ink md:px-2.5">Settings</h1>
          <nav aria-label="Sections of the settings">
            <ul className="-mx-1 flex flex-wrap gap-0.5 md:mx-0 md:grid">
              {offered.map((it) => (
                <li key={it.id}>
                  <SectionLink section={it} on={it.id === section.id} onGo={go} />
                </li>
              ))}
            </ul>
          </nav>
        </div>
        {roleAtLeast(role, section.role) ? (
          <Content />
        ) : (
          <EmptyState icon={<ShieldAlert />} title={`This is for the role ${section.role}`}>
            You are {role}. An admin can give you another role.
          </EmptyState>
        )}
      </div>
    </div>
  )
}

interface SectionLinkProps {
  section: Section
  on: boolean
  onGo: (id: SectionId) => void
}

function SectionLink({ section: { id, name, icon: Icon }, on, onGo }: SectionLinkProps) {
  const follow = (event: MouseEvent) => {
    // A new tab is the browser's own affair.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onGo(id)
  }
  return (
    <a
      href={`/settings?section=${id}`}
      aria-current={on ? 'page' : undefined}
      onClick={follow}
      className={cx(
        'flex h-8 items-center gap-2.5 rounded-lg px-2.5 text-base transition-colors hover:bg-soft hover:text-ink',
        on ? 'bg-soft font-medium text-ink' : 'text-mute',
      )}
    >
      <Icon aria-hidden className="size-4 flex-none max-md:hidden" />
      {name}
    </a>
  )
}
