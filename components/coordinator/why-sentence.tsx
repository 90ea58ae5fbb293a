'use client'

import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { coordinatorStory } from '@/lib/view/coordinator-story'
import { useSlowMoment } from '../live/use-slow-moment'
import { Sentence } from '../ui/sentence'

/** Why it is as it is, in a sentence; every further wait gets its own line. */
export function WhySentence({ coordinator }: { coordinator: CoordinatorView }) {
  const story = coordinatorStory(useSlowMoment(), coordinator)
  if (story.length > 1)
    return (
      <ol className="grid gap-2 text-md text-mute">
        {story.map((sentence, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a sentence has nothing but its place
          <li key={at} className="border-l-2 border-blocked pl-3">
            <Sentence parts={sentence} />
          </li>
        ))}
      </ol>
    )
  return (
    <p className="min-h-[2lh] text-md text-mute">
      <Sentence parts={story[0] ?? []} />
    </p>
  )
}
