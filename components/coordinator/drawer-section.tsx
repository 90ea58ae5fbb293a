import { type ReactNode, useId } from 'react'
import { SectionHeader } from '../ui/section-header'

interface DrawerSectionProps {
  title: string
  aside?: ReactNode
  children: ReactNode
}

/** One part of the drawer below the fold. */
export function DrawerSection({ title, aside, children }: DrawerSectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid gap-2 border-t border-soft pt-3">
      <SectionHeader id={id} level={3} title={title} aside={aside} />
      {children}
    </section>
  )
}

/** Says in a section that there is nothing to show. */
export function NothingYet({ children }: { children: ReactNode }) {
  return <p className="text-sm text-faint">{children}</p>
}
