import type { Json } from '@/lib/protocol/json'
import { CopyButton } from '../ui/copy-button'
import { SectionHeader } from '../ui/section-header'
import { Skeleton } from '../ui/skeleton'

interface PayloadViewProps {
  bytes: number
  payload: Json | undefined
  loading: boolean
}

/** What a signal carried. */
export function PayloadView({ bytes, payload, loading }: PayloadViewProps) {
  const text = payload === undefined ? '' : JSON.stringify(payload, null, 2)
  return (
    <section aria-label="Payload" className="grid gap-2 border-t border-soft pt-3">
      <SectionHeader
        level={3}
        title="Payload"
        aside={bytes === 0 ? 'none' : `${bytes.toLocaleString('en')} bytes`}
      />
      {loading && bytes > 0 ? (
        <Skeleton className="h-16" />
      ) : (
        text !== '' && (
          <div className="flex items-start gap-1 rounded-md bg-bg p-2">
            <pre className="max-h-80 min-w-0 flex-1 overflow-auto whitespace-pre-wrap text-xs text-mute">
              {text}
            </pre>
            <CopyButton text={text} label="Copy the payload" />
          </div>
        )
      )}
    </section>
  )
}
