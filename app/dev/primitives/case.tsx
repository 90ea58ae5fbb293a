import type { ReactNode } from 'react'
import { Panel } from '@/components/ui/panel'
import { SectionHeader } from '@/components/ui/section-header'
import type { Tone } from '@/components/ui/status-look'

export const TONES: Tone[] = ['active', 'blocked', 'stale', 'dead', 'escalated', 'ivory', 'off']

/** One primitive, or a few of a kind, in all their states. */
export function Case({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Panel className="grid content-start gap-3 p-4">
      <SectionHeader title={title} />
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </Panel>
  )
}
