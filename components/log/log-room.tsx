'use client'

import { Download, Pause, Play, ScrollText } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { BoxEvent } from '@/lib/protocol/events'
import { ACTOR_KINDS } from '@/lib/view/event-actor'
import { useShortcut } from '../frame/shortcuts'
import { explain } from '../live/api-error'
import { pastPointOf } from '../live/past-point'
import { usePastEnd } from '../live/use-past'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { ErrorState } from '../ui/error-state'
import { Input } from '../ui/input'
import { Menu, MenuItem } from '../ui/menu'
import { SearchInput } from '../ui/search-input'
import { Select } from '../ui/select'
import { Skeleton } from '../ui/skeleton'
import { useSettled } from '../ui/use-settled'
import { useUrlState } from '../ui/use-url-state'
import { EventDialog } from './event-dialog'
import {
  FAMILIES,
  type LogFilter,
  logFilterOf,
  logFilterWords,
  logQuery,
  withLogFilter,
} from './log-filter'
import { LogList } from './log-list'
import { useLog } from './use-log'

const EVERYTHING = 'all'

/** Every event, the newest first: followed live, or held to be read. */
export function LogRoom() {
  const [url, setUrl] = useUrlState()
  const search = url.toString()
  const filter = useMemo(() => logFilterOf(new URLSearchParams(search)), [search])
  const before = usePastEnd()
  const log = useLog(useSettled(filter), before)
  // The event whose line was pressed: it need not be read.
  const [pressed, setPressed] = useState<BoxEvent>()
  const shown = pastPointOf(url.get('event'))?.seq
  const input = useRef<HTMLInputElement>(null)
  useShortcut('search', () => input.current?.focus())
  const change = useCallback((part: Partial<LogFilter>) => {
    const next = withLogFilter(new URLSearchParams(window.location.search), {
      ...logFilterOf(new URLSearchParams(window.location.search)),
      ...part,
    }).toString()
    window.history.replaceState(null, '', next === '' ? '/events' : `/events?${next}`)
  }, [])
  const show = useCallback(
    (event: BoxEvent) => {
      setPressed(event)
      setUrl({ event: event.seq }, true)
    },
    [setUrl],
  )
  const words = logFilterWords(filter)
  // A type in full comes by a link, and so does one actor; it stands in the list for as long.
  const types = withChosen(FAMILIES, filter.type)
  const actors = withChosen(ACTOR_KINDS, filter.actor)
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-none flex-wrap items-center gap-2 px-4 pt-3.5 pb-3">
        <h1 className="sr-only">Log</h1>
        <Select
          label="Type of event"
          value={filter.type === '' ? EVERYTHING : filter.type}
          onChange={(type) => change({ type: type === EVERYTHING ? '' : type })}
          options={[
            { value: EVERYTHING, label: 'All types' },
            ...types.map((it) => ({ value: it, label: it })),
          ]}
          // A whole type is longer than a family.
          className={filter.type.includes('.') ? 'w-62' : 'w-36'}
        />
        <Select
          label="By whom"
          value={filter.actor === '' ? EVERYTHING : filter.actor}
          onChange={(actor) => change({ actor: actor === EVERYTHING ? '' : actor })}
          options={[
            { value: EVERYTHING, label: 'By anybody' },
            ...actors.map((it) => ({ value: it, label: it === 'system' ? it : `by ${it}` })),
          ]}
          className={filter.actor.includes(':') ? 'w-52' : 'w-36'}
        />
        <Input
          mono
          aria-label="Of one coordinator"
          placeholder="of a coordinator"
          value={filter.coordinator}
          spellCheck={false}
          onChange={(event) => change({ coordinator: event.target.value.trim() })}
          className="min-w-32 flex-1 max-lg:order-last max-lg:basis-2/5 lg:max-w-52"
        />
        <SearchInput
          ref={input}
          aria-label="Search the log"
          placeholder="text"
          value={filter.text}
          onChange={(event) => change({ text: event.target.value })}
          className="max-lg:order-last max-lg:basis-2/5 lg:max-w-52"
        />
        {/* Together: where the line is full, none of them goes to the next one alone. */}
        <div className="flex gap-2 sm:ml-auto">
          {before === undefined && (
            <Button
              size="md"
              kind={log.held ? 'primary' : 'plain'}
              onClick={() => log.setHeld(!log.held)}
            >
              {log.held ? <Play /> : <Pause />}
              {log.held
                ? log.waiting > 0
                  ? `Follow, ${log.waiting}${log.overflows ? '+' : ''} new`
                  : 'Follow'
                : 'Hold'}
            </Button>
          )}
          <Export filter={filter} />
        </div>
      </div>
      {log.isLoading ? (
        <div className="grid gap-1.5 px-4">
          {Array.from({ length: 14 }, (_, index) => `line-${index}`).map((line) => (
            <Skeleton key={line} className="h-7" />
          ))}
        </div>
      ) : log.error && log.events.length === 0 ? (
        <div className="px-4">
          <ErrorState title="The log could not be read" onRetry={log.retry}>
            {explain(log.error)}
          </ErrorState>
        </div>
      ) : log.events.length === 0 ? (
        <EmptyState
          icon={<ScrollText />}
          title={words === '' ? 'Nothing has happened yet' : `No event${words}`}
          action={
            words !== '' && (
              <Button onClick={() => change({ type: '', coordinator: '', actor: '', text: '' })}>
                Show everything
              </Button>
            )
          }
        >
          {log.hasOlder
            ? 'None of the latest fits; there are older ones.'
            : 'Every change of state becomes one line here, whoever made it.'}
        </EmptyState>
      ) : (
        <LogList log={log} onShow={show} />
      )}
      {shown !== undefined && (
        <EventDialog
          key={shown}
          seq={shown}
          known={pressed?.seq === shown ? pressed : undefined}
          onClose={() => setUrl({ event: undefined }, true)}
          onLeave={() => setUrl({ event: undefined })}
        />
      )}
    </div>
  )
}

function withChosen(known: readonly string[], chosen: string): readonly string[] {
  return chosen === '' || known.includes(chosen) ? known : [...known, chosen]
}

function Export({ filter }: { filter: LogFilter }) {
  const save = (format: 'jsonl' | 'csv') => {
    const query = logQuery(filter)
    query.set('format', format)
    const link = document.createElement('a')
    link.href = `/api/v1/events?${query}`
    link.download = `signalbox-log.${format}`
    link.click()
  }
  return (
    <Menu
      align="end"
      trigger={
        <Button size="md">
          <Download /> Export
        </Button>
      }
    >
      <MenuItem onSelect={() => save('jsonl')}>JSON lines</MenuItem>
      <MenuItem onSelect={() => save('csv')}>CSV, for a spreadsheet</MenuItem>
    </Menu>
  )
}
