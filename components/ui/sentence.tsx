import type { ReactNode } from 'react'
import type { Part, Sentence as Parts } from '@/lib/view/sentence'
import { CoordinatorLink } from './coordinator-link'
import { exactTitle } from './format-time'

/** A sentence whose names are links, unbroken where a line holds them, and whose spans tell the exact time on hover. */
export function Sentence({ parts, className }: { parts: Parts; className?: string }) {
  // A sentence is made anew each second; its parts have nothing but their place.
  return (
    <span className={className}>
      {parts.map((part, index) => renderPart(part, `${index}:${part.kind}`))}
    </span>
  )
}

function renderPart(part: Part, key: string): ReactNode {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'strong':
      return (
        <b key={key} className="font-semibold text-ink tabular-nums">
          {part.text}
        </b>
      )
    case 'said':
      // Its direction is its own: what follows stays where it is.
      return <bdi key={key}>{part.text}</bdi>
    case 'id':
      return (
        <CoordinatorLink
          key={key}
          coordinatorId={part.id}
          className="mono inline-block max-w-full rounded-sm text-[0.92em] font-medium text-ink decoration-faint underline-offset-2 hover:underline"
        >
          {part.id}
        </CoordinatorLink>
      )
    case 'code':
      return (
        <span key={key} className="mono inline-block max-w-full text-[0.92em] text-ink">
          {part.text}
        </span>
      )
    case 'time':
      return (
        <time
          key={key}
          dateTime={new Date(part.at).toISOString()}
          title={exactTitle(part.at)}
          className="whitespace-nowrap font-medium text-ink"
        >
          {part.text}
        </time>
      )
  }
}
