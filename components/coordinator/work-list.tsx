'use client'

import type { WorkItem } from '@/lib/protocol/http'
import { CoordinatorLink } from '../ui/coordinator-link'
import { CopyButton } from '../ui/copy-button'
import { Time } from '../ui/time'
import { DrawerSection, NothingYet } from './drawer-section'

const SHOWN = 20

/** Work in its hands: what a replacement would inherit. */
export function WorkList({ items }: { items: readonly WorkItem[] }) {
  return (
    <DrawerSection title="Work items" aside={items.length === 0 ? undefined : String(items.length)}>
      {items.length === 0 ? (
        <NothingYet>It has no work item in its hands.</NothingYet>
      ) : (
        <ul className="grid gap-1">
          {items.slice(0, SHOWN).map((item) => (
            <WorkLine key={item.workId} item={item} />
          ))}
        </ul>
      )}
    </DrawerSection>
  )
}

function WorkLine({ item }: { item: WorkItem }) {
  const json = JSON.stringify(item.data, null, 2)
  return (
    <li>
      <details className="group rounded-md open:bg-bg">
        <summary className="flex min-w-0 list-none items-center gap-2 rounded-md px-2 py-1 text-sm hover:bg-raise [&::-webkit-details-marker]:hidden">
          <span
            aria-hidden
            className="text-2xs text-faint transition-transform group-open:rotate-90"
          >
            ▸
          </span>
          <span className="mono min-w-0 flex-1 truncate text-xs text-ink">{item.workId}</span>
          {item.from && (
            <span className="truncate text-xs text-faint">
              from{' '}
              <CoordinatorLink coordinatorId={item.from} className="mono hover:underline">
                {item.from}
              </CoordinatorLink>
            </span>
          )}
          <Time at={item.storedAt} className="flex-none text-xs text-faint" />
        </summary>
        <div className="flex items-start gap-2 px-2 pb-2">
          <pre className="max-h-48 min-w-0 flex-1 overflow-auto whitespace-pre-wrap text-xs text-mute">
            {json}
          </pre>
          <CopyButton text={json} label="Copy the data" />
        </div>
      </details>
    </li>
  )
}
