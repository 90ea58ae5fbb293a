'use client'

import { DatabaseZap, Hourglass, RefreshCw, Unplug } from 'lucide-react'
import { pageLiveClient } from '../live/page-live-client'
import { useEnded, useKnowledge, useLink } from '../live/use-live'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Countdown } from '../ui/countdown'
import { Time } from '../ui/time'

/** Says what is stale, since when, and when the next try is. Nothing when all is well. */
export function LinkBanner() {
  const link = useLink()
  const ended = useEnded()
  const knowledge = useKnowledge()
  if (ended?.why === 'reload')
    return (
      <Banner
        urgent
        tone="stale"
        icon={<RefreshCw />}
        title="The server speaks a newer language than this page."
        action={<Button onClick={() => window.location.reload()}>Load it again</Button>}
      >
        What you see stands still until then.
      </Banner>
    )
  if (link.state === 'stale') {
    const socket = link.reason === 'socket'
    return (
      <Banner
        urgent
        tone="dead"
        icon={socket ? <Unplug /> : <DatabaseZap />}
        title={socket ? 'This page has lost its server.' : 'Redis cannot be reached.'}
        action={
          socket ? <Button onClick={() => pageLiveClient().tryNow()}>Try now</Button> : undefined
        }
      >
        What you see is as it was{' '}
        <Time at={link.since} style="utc" className="font-medium text-ink" />
        {' UTC, '}
        <Time at={link.since} ago style="relative" />. {socket ? '' : 'No coordinator dies of it. '}
        {link.nextTryAt !== undefined && (
          <>
            Next try in <Countdown to={link.nextTryAt} over="an instant" />.
          </>
        )}
      </Banner>
    )
  }
  if (!knowledge.can && knowledge.why === 'grace')
    return (
      <Banner tone="stale" icon={<Hourglass />} title="Grace period.">
        {GRACE[knowledge.cause ?? 'gap']} Nobody is declared dead for another{' '}
        {knowledge.until !== undefined && <Countdown to={knowledge.until} over="moment" />}.
      </Banner>
    )
  return null
}

const GRACE = {
  gap: 'No monitor was watching for a while.',
  restart: 'Redis was started anew.',
  clock: 'Redis’ clock has jumped.',
}
