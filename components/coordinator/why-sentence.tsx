'use client'

import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { coordinatorStory } from '@/lib/view/coordinator-story'
import { whyBlocked } from '@/lib/view/why-blocked'
import { useSlowMoment } from '../live/use-slow-moment'
import { Sentence } from '../ui/sentence'

/** Why it is as it is, in a sentence; every further wait gets its own line. */
export function WhySentence({ coordinator }: { coordinator: CoordinatorView }) {
  const moment = useSlowMoment()
  const blockages = moment.knowledge.can ? whyBlocked(moment, coordinator) : []
  const several = coordinator.liveness === 'active' && blockages.length > 1
  if (several)
    return (
      <ol className="grid gap-2 text-md text-mute">
        {blockages.map((it) => (
          <li key={it.wait.waitId} className="border-l-2 border-blocked pl-3">
            <Sentence parts={it.sentence} /> <Sentence parts={it.nextSentence} />
          </li>
        ))}
      </ol>
    )
  return (
    <p className="min-h-[4.5rem] text-md text-mute">
      <Sentence parts={coordinatorStory(moment, coordinator)} />
    </p>
  )
}
