'use client'

import { ChartScatter, X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { SIGNAL_TYPES } from '@/lib/protocol/signal'
import { counted } from '@/lib/view/sentence'
import { SIGNAL_STATES } from '@/lib/view/signal-filter'
import { useShortcut } from '../frame/shortcuts'
import { Button } from '../ui/button'
import { Found } from '../ui/found'
import { IconButton } from '../ui/icon-button'
import { SearchInput } from '../ui/search-input'
import { Select } from '../ui/select'
import type { UrlChanges } from '../ui/use-url-state'

interface SignalsBarProps {
  url: URLSearchParams
  onChange: (changes: UrlChanges) => void
  /** The filter, and how many pass it; undefined until the board is there. */
  filter: string
  shown: number | undefined
  action: ReactNode
}

const ANY = 'any'
const STATE_WORDS = {
  pending: 'pending',
  acked: 'all acknowledged',
  expired: 'ran out',
  cancelled: 'cancelled',
  refused: 'with refused ACKs',
} as const

/** Narrows the list; all of it stands in the address. */
export function SignalsBar({ url, onChange, filter, shown, action }: SignalsBarProps) {
  const box = useRef<HTMLInputElement>(null)
  useShortcut('search', () => box.current?.focus())
  const partner = url.get('with')
  const charted = url.get('chart') === '1'
  const pick = (name: string) => (value: string) =>
    onChange({ [name]: value === ANY ? undefined : value })
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 py-3">
      <h1 className="sr-only">Signals</h1>
      <SearchInput
        ref={box}
        aria-label="Filter by name, sender or target"
        placeholder="name, sender or target"
        // Beside the button it has a line of its own where all of them would not fit in one.
        className="order-first max-lg:basis-[calc(100%-9rem)] lg:max-w-[26.25rem]"
        value={url.get('q') ?? ''}
        onChange={(event) => onChange({ q: event.target.value })}
      />
      <Select
        label="State"
        className="w-40"
        value={url.get('state') ?? ANY}
        onChange={pick('state')}
        options={[
          { value: ANY, label: 'any state' },
          ...SIGNAL_STATES.map((it) => ({ value: it, label: STATE_WORDS[it] })),
        ]}
      />
      <Select
        label="Type"
        className="w-36"
        value={url.get('type') ?? ANY}
        onChange={pick('type')}
        options={[
          { value: ANY, label: 'any type' },
          ...SIGNAL_TYPES.map((it) => ({ value: it, label: it })),
        ]}
      />
      {partner && (
        <Button
          onClick={() => onChange({ with: undefined })}
          aria-label={`No longer only with ${partner}`}
        >
          with <span className="mono text-xs">{partner}</span> <X />
        </Button>
      )}
      <IconButton
        label="Latency of ACKs"
        pressed={charted}
        onClick={() => onChange({ chart: charted ? undefined : '1' })}
      >
        <ChartScatter />
      </IconButton>
      <span className="text-sm text-faint">
        {shown !== undefined && <Found text={counted(shown, 'signal')} by={filter} />}
      </span>
      <span className="order-first lg:order-last lg:ml-auto">{action}</span>
    </div>
  )
}
