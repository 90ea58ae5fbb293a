'use client'

import { ScrollText } from 'lucide-react'
import type { AuditEntry } from '@/lib/protocol/http'
import { actionName } from '@/lib/view/action-name'
import { explain } from '../live/api-error'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { EmptyState } from '../ui/empty-state'
import { Skeleton } from '../ui/skeleton'
import type { Tone } from '../ui/status-look'
import { Td, Th, Tr } from '../ui/table'
import { Moment } from './moment'
import { ReadList } from './read-list'
import { SectionFrame } from './section-frame'
import { TablePanel } from './table-panel'
import { useAudit } from './use-audit'

const tones: Record<AuditEntry['outcome'], Tone> = {
  done: 'active',
  refused: 'stale',
  failed: 'dead',
}

/** Who did what, when, why, and what came of it. */
export function AuditSection() {
  const audit = useAudit()
  return (
    <SectionFrame
      title="Audit"
      about="What people did here, the latest first, and what was refused."
    >
      <ReadList what="The audit" query={audit} rows={10}>
        {(entries) =>
          entries.length === 0 ? (
            <EmptyState icon={<ScrollText />} title="Nobody has done anything yet">
              Every action of a person becomes one line here: who, when, to what, and why.
            </EmptyState>
          ) : (
            <>
              <TablePanel label="Audit">
                <thead>
                  <tr>
                    <Th className="max-sm:hidden">When</Th>
                    <Th className="max-sm:hidden">Who</Th>
                    <Th>What</Th>
                    <Th className="w-2/5 max-xl:hidden">Why</Th>
                    <Th>Outcome</Th>
                  </tr>
                </thead>
                <tbody>
                  {entries.map((it) => (
                    <AuditRow key={it.id} entry={it} />
                  ))}
                </tbody>
              </TablePanel>
              <div className="flex min-h-8 items-center gap-3">
                {audit.hasNextPage ? (
                  <Button
                    size="md"
                    busy={audit.isFetchingNextPage}
                    onClick={() => void audit.fetchNextPage()}
                  >
                    Show older
                  </Button>
                ) : (
                  <p className="text-sm text-faint">This is where the audit begins.</p>
                )}
                {audit.error && (
                  <p role="alert" className="text-sm text-dead-ink">
                    {explain(audit.error)}
                  </p>
                )}
              </div>
              {audit.isFetchingNextPage && <Skeleton className="h-24" />}
            </>
          )
        }
      </ReadList>
    </SectionFrame>
  )
}

function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, who, action, targets, reason, detail, outcome, address } = entry
  return (
    <Tr className="[&>td]:align-top">
      <Td className="whitespace-nowrap text-mute max-sm:hidden">
        <Moment at={at} />
      </Td>
      <Td title={address} className="max-sm:hidden">
        <b className="font-semibold text-ink">{who}</b>
      </Td>
      <Td>
        <span className="text-sm text-mute sm:hidden">
          <b className="font-semibold text-ink">{who}</b>, <Moment at={at} />
        </span>
        <span className="flex flex-wrap gap-x-2 text-ink max-sm:mt-0.5">
          {words(action)}
          {targets.map((it) => (
            <span key={it} className="mono text-sm leading-[1.55] text-mute">
              {it}
            </span>
          ))}
        </span>
        {detail !== undefined && <span className="block text-sm text-faint">{detail}</span>}
        {reason !== undefined && (
          <span className="block text-sm text-mute xl:hidden">“{reason}”</span>
        )}
      </Td>
      <Td className="text-mute max-xl:hidden">{reason}</Td>
      <Td className="w-0">
        <Chip tone={tones[outcome]}>{outcome}</Chip>
      </Td>
    </Tr>
  )
}

/** `Set breaker state`, also of what was refused. */
function words(action: string): string {
  const said = actionName(action)
  return said.charAt(0).toUpperCase() + said.slice(1)
}
