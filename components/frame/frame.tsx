'use client'

import { usePathname, useRouter } from 'next/navigation'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { PastButton } from '../history/past-button'
import { PastFollower } from '../live/past-follower'
import { useEnded, useIsLoaded, useLink } from '../live/use-live'
import { Present, useIsPast } from '../live/use-past'
import { focusAgain } from '../ui/focus-again'
import { keepTyped } from '../ui/kept-reason'
import { lazyPart } from '../ui/lazy-part'
import { toggleTimeStyle } from '../ui/time-style'
import { TooltipLayer } from '../ui/tooltip-layer'
import { AttentionProvider } from './attention-context'
import { BulkHost } from './bulk-host'
import { Connection } from './connection'
import { DrawerSlot } from './drawer-slot'
import { EscalationHost } from './escalation-host'
import { KpiStrip } from './kpi-strip'
import { preloadWindows } from './preload'
import { Rail } from './rail'
import { type RoomId, rooms } from './rooms'
import { ServerClockView } from './server-clock-view'
import { useShortcut } from './shortcuts'
import { setTheme } from './theme'
import { useKeyboard } from './use-keyboard'

const nothing = () => null
const Toaster = lazyPart(() => import('../ui/toaster').then((it) => it.Toaster), {
  behind: true,
  failed: nothing,
})
const FooterBar = lazyPart(() => import('./footer-bar').then((it) => it.FooterBar), {
  behind: true,
  loading: () => <FooterSpace />,
  failed: () => <FooterSpace />,
})
const Announcer = lazyPart(() => import('./announcer').then((it) => it.Announcer), {
  behind: true,
  failed: nothing,
})
const LinkBanner = lazyPart(() => import('./link-banner').then((it) => it.LinkBanner), {
  behind: true,
  failed: nothing,
})
const PastStrip = lazyPart(() => import('../history/past-strip').then((it) => it.PastStrip))
const Palette = lazyPart(() => import('./palette').then((it) => it.default), { failed: nothing })
const KeySheet = lazyPart(() => import('./key-sheet').then((it) => it.default), {
  failed: nothing,
})

/** What stands around every room: rail, figures, connection, drawer, latest events, keys. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <AttentionProvider>
      <EscalationHost>
        <BulkHost>
          <a
            href="#room"
            className="sr-only z-50 rounded-md bg-ivory px-3 py-2 text-on-ivory focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
          >
            Skip to the room
          </a>
          <div className="flex h-dvh overflow-hidden max-md:flex-col">
            <Rail />
            {/* Enlarged four times, or on its side, a screen is too low for all of it: then it scrolls. */}
            <div className="flex min-h-0 min-w-0 flex-1 flex-col low:overflow-y-auto">
              <header className="flex h-13 flex-none items-center gap-2 border-b border-line bg-panel px-4">
                <KpiStrip />
                <Present>
                  <Connection />
                </Present>
                <PastButton />
                <ServerClockView />
              </header>
              <Present>
                <LinkBanner />
              </Present>
              <Past />
              <Room>{children}</Room>
              <FooterBar />
            </div>
          </div>
          <PastFollower />
          <FrameKeys />
          <Announcer />
          <SignedOut />
          <TooltipLayer />
          <Toaster />
        </BulkHost>
      </EscalationHost>
    </AttentionProvider>
  )
}

/** A frame around everything, and the time line: nobody shall take the past for now. */
function Past() {
  const isPast = useIsPast()
  if (!isPast) return null
  return (
    <>
      <div
        aria-hidden
        data-past
        className="pointer-events-none fixed inset-0 z-40 border-2 border-dashed border-ivory"
      />
      <PastStrip />
    </>
  )
}

function FooterSpace() {
  return <div className="h-8 flex-none border-t border-line bg-panel max-md:hidden" />
}

/** The room, dimmed while what it shows is old, and the drawer beside it. */
function Room({ children }: { children: ReactNode }) {
  const isPast = useIsPast()
  // What was, is no less true without a link.
  const stale = useLink().state === 'stale' && !isPast
  const pathname = usePathname()
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    // A key led here, and what had the focus went with the other room.
    if (document.activeElement === document.body) focusAgain(null)
  }, [pathname])
  return (
    <div className="relative flex min-h-0 flex-1 low:min-h-64">
      <main
        id="room"
        tabIndex={-1}
        data-stale={stale || undefined}
        // Its ground too, so that all of it dims alike.
        className="flex min-h-0 min-w-0 flex-1 flex-col bg-bg outline-none transition-[filter] duration-300 data-stale:[filter:var(--dim)]"
      >
        {children}
      </main>
      <DrawerSlot />
    </div>
  )
}

/** What keys do everywhere, and the two windows that they open. */
function FrameKeys() {
  const [help, setHelp] = useState(false)
  const [palette, setPalette] = useState(false)
  const router = useRouter()
  useKeyboard()
  const loaded = useIsLoaded()
  useEffect(() => {
    if (loaded) preloadWindows()
  }, [loaded])
  useShortcut('help', () => setHelp(true))
  useShortcut('palette', () => setPalette((open) => !open))
  useShortcut('times', () => {
    toggleTimeStyle()
  })
  useShortcut('theme', () => {
    setTheme(document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark')
  })
  const isPast = useIsPast()
  useShortcut('send', () => (isPast ? false : router.push('/signals?compose=1')))
  return (
    <>
      {rooms.map((room) => (
        <GoTo key={room.id} id={room.id} href={room.href} />
      ))}
      {help && <KeySheet open onOpenChange={setHelp} />}
      {palette && <Palette open onOpenChange={setPalette} />}
    </>
  )
}

function GoTo({ id, href }: { id: RoomId; href: string }) {
  const router = useRouter()
  const link = useLink()
  useShortcut(`go:${id}`, () => {
    if (link.state === 'stale' && link.reason === 'socket') return false
    router.push(href)
    return true
  })
  return null
}

/** A session that ended leads to its door, and back to where one was. */
function SignedOut() {
  const ended = useEnded()
  useEffect(() => {
    if (ended?.why !== 'expired') return
    keepTyped()
    const next = window.location.pathname + window.location.search
    window.location.assign(`/sign-in?ended=1&next=${encodeURIComponent(next)}`)
  }, [ended])
  return null
}
