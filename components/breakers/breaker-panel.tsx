'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import type { BreakerView } from '@/lib/protocol/breaker'
import type { Liveness } from '@/lib/protocol/liveness'
import { wishOf } from '@/lib/view/breaker-line'
import { useMay } from '../live/session-context'
import { useView } from '../live/use-live'
import { useNotNow } from '../live/use-not-now'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { CoordinatorLink } from '../ui/coordinator-link'
import { Countdown } from '../ui/countdown'
import { IconButton } from '../ui/icon-button'
import { lazyPart } from '../ui/lazy-part'
import { SectionHeader } from '../ui/section-header'
import { Skeleton } from '../ui/skeleton'
import { Time } from '../ui/time'
import { useTimeStyle } from '../ui/time-style'
import { BreakerCircle } from './breaker-circle'
import { breakerTones } from './breaker-look'
import { type BreakerWish, ForceDialog } from './force-dialog'

const BreakerHistory = lazyPart(
  () => import('./breaker-history').then((module) => module.BreakerHistory),
  {
    loading: () => <Skeleton className="h-[6rem]" />,
  },
)

interface BreakerPanelProps {
  breaker: BreakerView
  /** How its owner ended, where it did. */
  ended: Liveness | undefined
  onClose: () => void
}

/** One breaker: why it is as it is, its last two minutes, and what an operator can make it do. */
export function BreakerPanel({ breaker, ended, onClose }: BreakerPanelProps) {
  const [wish, setWish] = useState<BreakerWish>()
  const may = useMay('operator')
  const notNow = useNotNow()
  const asked = wishOf(breaker)
  // A control room has breakers too.
  const isCoordinator = useView((view) => view.coordinators.has(breaker.owner))
  return (
    <>
      <header className="flex items-center gap-2.5 px-4 pt-4 pb-3">
        <h2 className="mono min-w-0 truncate text-md font-semibold text-ink">{breaker.name}</h2>
        <Chip tone={ended ? 'off' : breakerTones[breaker.state]}>{breaker.state}</Chip>
        <IconButton label="Close" hint="Esc" size="sm" className="ml-auto" onClick={onClose}>
          <X />
        </IconButton>
      </header>
      <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-4 pb-6">
        <div className="flex items-center gap-4">
          <BreakerCircle breaker={breaker} ended={ended !== undefined} />
          <p className="min-w-0 text-base text-mute">
            Of{' '}
            {isCoordinator ? (
              <CoordinatorLink
                coordinatorId={breaker.owner}
                className="mono text-sm text-ink hover:underline"
              >
                {breaker.owner}
              </CoordinatorLink>
            ) : (
              <span className="mono text-sm text-ink">{breaker.owner}</span>
            )}
            , {breaker.state}{' '}
            {ended ? (
              'when it told last.'
            ) : (
              <>
                for <Time at={breaker.since} style="relative" className="font-medium text-ink" />.
              </>
            )}{' '}
            {breaker.state === 'open' && breaker.retryAt !== undefined && !ended && (
              <>
                The first probe is let through in{' '}
                <Countdown to={breaker.retryAt} over="a moment" className="font-medium text-ink" />.
              </>
            )}
          </p>
        </div>
        {ended && (
          <p data-tone="stale" className="tint-faint rounded-lg px-3 py-2 text-base text-mute">
            <b className="font-semibold text-ink">Its owner is {ended}.</b>{' '}
            {ended === 'dead'
              ? 'It obeys only if it comes back.'
              : 'Nobody is there to obey any more.'}
          </p>
        )}
        {asked && (
          <p
            data-tone={asked.pending ? 'stale' : 'off'}
            className="tint-faint rounded-lg px-3 py-2 text-base text-mute"
          >
            {asked.pending ? (
              <>
                <b className="font-semibold text-ink">Asked, not obeyed yet.</b>{' '}
                <bdi>{asked.text}</bdi>.{!ended && ' It does so on its next contact.'}
              </>
            ) : (
              <>
                Now <bdi>{asked.text}</bdi>.
              </>
            )}
          </p>
        )}
        {may && (ended === undefined || ended === 'dead') && (
          <div className="flex flex-wrap gap-2">
            <Button
              size="md"
              disabled={notNow !== undefined}
              title={notNow}
              onClick={() => setWish('open')}
            >
              Force open…
            </Button>
            <Button
              size="md"
              disabled={notNow !== undefined}
              title={notNow}
              onClick={() => setWish('closed')}
            >
              Force closed…
            </Button>
            <Button
              size="md"
              disabled={notNow !== undefined}
              title={notNow}
              onClick={() => setWish('reset')}
            >
              Reset…
            </Button>
          </div>
        )}
        <section aria-label="The last two minutes" className="grid gap-2 border-t border-soft pt-3">
          <SectionHeader level={3} title="The last two minutes" />
          <BreakerHistory breaker={breaker} />
        </section>
        <Facts breaker={breaker} />
        <Transitions breaker={breaker} />
      </div>
      <ForceDialog
        breaker={breaker}
        ownerIsDead={ended === 'dead'}
        wish={wish}
        onClose={() => setWish(undefined)}
      />
    </>
  )
}

function Facts({ breaker }: { breaker: BreakerView }) {
  const clock = useTimeStyle() === 'local' ? 'local' : 'utc'
  const { calls, failed, failures, lastError, countedFrom, publishedAt } = breaker
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 border-t border-soft pt-3 text-sm [&_dd]:text-right [&_dd]:text-ink [&_dt]:text-faint">
      {countedFrom === undefined ? (
        <>
          <dt>Calls are counted since</dt>
          <dd>
            <Time at={publishedAt} style={clock} />
          </dd>
        </>
      ) : (
        <>
          <dt>
            Calls from <Time at={countedFrom} style={clock} /> to{' '}
            <Time at={publishedAt} style={clock} />
          </dt>
          <dd>
            {calls.toLocaleString('en')}, {failed.toLocaleString('en')} failed
          </dd>
        </>
      )}
      <dt>Failures in a row</dt>
      <dd>{failures}</dd>
      {lastError !== undefined && (
        <>
          <dt>Last error</dt>
          <dd className="mono text-xs">{lastError}</dd>
        </>
      )}
      <dt>Its owner told this</dt>
      <dd>
        <Time at={publishedAt} ago />
      </dd>
    </dl>
  )
}

function Transitions({ breaker }: { breaker: BreakerView }) {
  const latest = [...breaker.transitions].reverse()
  return (
    <section aria-label="Transitions" className="grid gap-2 border-t border-soft pt-3">
      <SectionHeader level={3} title="Transitions" aside={latest.length} />
      {latest.length === 0 ? (
        <p className="text-sm text-faint">It has been {breaker.state} ever since it was made.</p>
      ) : (
        <ol className="grid">
          {latest.map((it) => (
            <li
              key={`${it.at}:${it.state}`}
              data-tone={breakerTones[it.state]}
              className="grid grid-cols-[4rem_0.5rem_minmax(0,1fr)] items-baseline gap-2 py-[3px] text-sm text-mute"
            >
              <Time at={it.at} className="truncate text-xs text-faint" />
              <span aria-hidden className="size-[7px] self-center rounded-full bg-tone" />
              {it.state}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
