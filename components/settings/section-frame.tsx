import { type ReactNode, useRef } from 'react'
import { SectionHeader } from '../ui/section-header'
import { useKeptFocus } from '../ui/use-kept-focus'

interface SectionFrameProps {
  title: string
  /** What it is for. */
  about: ReactNode
  /** Its main button. */
  action?: ReactNode
  children: ReactNode
}

/** One section of the settings. */
export function SectionFrame({ title, about, action, children }: SectionFrameProps) {
  const box = useRef<HTMLElement>(null)
  useKeptFocus(box)
  return (
    <section
      ref={box}
      tabIndex={-1}
      aria-label={title}
      className="grid min-w-0 content-start gap-4 outline-none"
    >
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 max-w-[42rem] flex-1 basis-60 gap-1">
          <SectionHeader title={<span className="text-lg text-ink">{title}</span>} />
          <p className="text-base text-mute">{about}</p>
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
