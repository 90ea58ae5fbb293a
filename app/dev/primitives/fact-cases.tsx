'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Countdown } from '@/components/ui/countdown'
import { Duration } from '@/components/ui/duration'
import { Id } from '@/components/ui/id'
import { Meter } from '@/components/ui/meter'
import { Skeleton } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { toggleTimeStyle } from '@/components/ui/time-style'
import { Case } from './case'

/** What states a fact: times, ids, measures, and what is on its way. */
export function FactCases() {
  const [start] = useState(() => Date.now())
  return (
    <>
      <Case title="Times">
        <Time at={start} ago />
        <Time at={start} style="utc" />
        <Time at={start} style="local" />
        <Duration ms={41} />
        <Duration ms={151_000} />
        <Countdown to={start + 90_000} />
        <Button onClick={() => toggleTimeStyle()}>Toggle</Button>
      </Case>
      <Case title="Ids">
        <span className="w-32">
          <Id id="validator-security-of-auth-04" />
        </span>
        <Id id="impl-auth-04" />
      </Case>
      <Case title="Meters">
        <div className="grid w-full gap-3">
          <Meter label="Silence" value={77} max={120} tone="stale" marks={[60]} />
          <Meter label="Silence" value={20} max={120} />
          <Meter label="Silence" value={121} max={120} tone="dead" />
        </div>
      </Case>
      <Case title="Skeletons">
        <div className="grid w-full gap-2">
          <Skeleton className="h-4 w-40" />
          <Skeleton className="h-16" />
        </div>
      </Case>
    </>
  )
}
