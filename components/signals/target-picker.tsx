'use client'

import { Plus, X } from 'lucide-react'
import { type MouseEvent, useMemo, useRef, useState } from 'react'
import type { CoordinatorView } from '@/lib/protocol/coordinator'
import { LIVING } from '@/lib/protocol/liveness'
import { MAX_TARGETS } from '@/lib/protocol/signal'
import { matchesFilter, parseFilter } from '@/lib/view/filter'
import { counted } from '@/lib/view/sentence'
import { STATUS_RANK, statusOf } from '@/lib/view/status'
import type { View } from '@/lib/view/view'
import { useKnowledge, useView } from '../live/use-live'
import { Button } from '../ui/button'
import { cx } from '../ui/cx'
import { Field } from '../ui/field'
import { Id } from '../ui/id'
import { Input } from '../ui/input'
import { Lamp } from '../ui/lamp'
import { useRovingList } from '../ui/use-roving-list'

interface TargetPickerProps {
  chosen: readonly string[]
  onChange: (targets: readonly string[]) => void
}

const SHOWN = 40
const coordinatorsOf = (view: View) => view.coordinators

/** Chooses coordinators one by one, or all that pass a filter. */
export function TargetPicker({ chosen, onChange }: TargetPickerProps) {
  const [query, setQuery] = useState('')
  const coordinators = useView(coordinatorsOf)
  const knowledge = useKnowledge()
  const parsed = useMemo(() => parseFilter(query), [query])
  const found = useMemo(() => {
    if (!parsed.ok) return []
    return [...coordinators.values()]
      .map((it) => ({ coordinator: it, status: statusOf(it, knowledge) }))
      .filter(
        ({ coordinator, status }) =>
          isReachable(coordinator) && matchesFilter(parsed.filter, coordinator, status),
      )
      .sort((a, b) => (a.coordinator.id < b.coordinator.id ? -1 : 1))
  }, [coordinators, knowledge, parsed])
  const picked = new Set(chosen)
  const open = found.filter(({ coordinator }) => !picked.has(coordinator.id))
  const shown = open.slice(0, SHOWN)
  const chosenBox = useRef<HTMLUListElement>(null)
  const shownBox = useRef<HTMLUListElement>(null)
  const chosenKeys = useRovingList(chosenBox, chosen, { across: true })
  const shownIds = shown.map(({ coordinator }) => coordinator.id)
  const shownKeys = useRovingList(shownBox, shownIds)
  const full = chosen.length >= MAX_TARGETS
  const add = (ids: readonly string[]) =>
    onChange([...new Set([...chosen, ...ids])].slice(0, MAX_TARGETS))

  return (
    <div className="grid gap-2">
      <Field
        label="To"
        error={parsed.ok ? undefined : parsed.error}
        aside={chosen.length === 0 ? undefined : `${chosen.length} chosen`}
      >
        {(ids) => (
          <Input
            {...ids}
            mono
            autoFocus
            type="search"
            value={query}
            placeholder="id, swarm: status: phase: loop:"
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.metaKey || event.ctrlKey) return
              if (event.key === 'ArrowDown') {
                event.preventDefault()
                shownBox.current?.querySelector<HTMLElement>('button[tabindex="0"]')?.focus()
              }
              if (event.key !== 'Enter') return
              event.preventDefault()
              const first = open[0]?.coordinator.id
              if (first === undefined) return
              add([first])
              setQuery('')
            }}
          />
        )}
      </Field>
      {chosen.length > 0 && (
        <ul
          ref={chosenBox}
          aria-label="Chosen"
          {...chosenKeys}
          className="flex max-h-28 flex-wrap gap-1 overflow-y-auto"
        >
          {chosen.map((id) => (
            <li key={id} data-row={id} className="min-w-0">
              <button
                type="button"
                aria-label={`Leave out ${id}`}
                className="inline-flex max-w-full items-center gap-1 rounded-md border border-line bg-raise py-0.5 pr-1 pl-2 text-ink hover:border-edge"
                onClick={(event) => {
                  moveOn(event)
                  onChange(chosen.filter((it) => it !== id))
                }}
              >
                <Id id={id} className="text-xs" />
                <X aria-hidden className="size-3 flex-none text-faint" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ul
        ref={shownBox}
        aria-label="Coordinators to choose from"
        {...shownKeys}
        className="grid max-h-44 content-start overflow-y-auto rounded-lg border border-line bg-bg p-1"
      >
        {shown.map(({ coordinator, status }) => (
          <li key={coordinator.id} data-row={coordinator.id}>
            <button
              type="button"
              disabled={full}
              className={cx(
                'flex w-full min-w-0 items-center gap-2 rounded-md px-2 py-1 text-left hover:not-disabled:bg-soft',
                STATUS_RANK[status] < STATUS_RANK.blocked && 'text-mute',
              )}
              onClick={(event) => {
                moveOn(event)
                add([coordinator.id])
              }}
            >
              <Lamp status={status} size={12} />
              <Id id={coordinator.id} className="flex-1 text-xs text-ink" />
              <span className="truncate text-xs text-faint">{coordinator.swarmId}</span>
              <Plus aria-hidden className="size-3 flex-none text-faint" />
            </button>
          </li>
        ))}
        {open.length === 0 && (
          <li className="px-2 py-1.5 text-sm text-faint">Nobody else to choose.</li>
        )}
      </ul>
      {open.length > 1 && (
        <div>
          <Button
            disabled={full}
            onClick={() => add(open.map(({ coordinator }) => coordinator.id))}
          >
            Choose all {counted(open.length, 'match', 'matches')}
          </Button>
          {full && <span className="ml-2 text-xs text-faint">{MAX_TARGETS} are the most.</span>}
        </div>
      )}
    </div>
  )
}

/** What is pressed goes from its list: the focus goes to its neighbour, not to the top of the page. */
function moveOn({ currentTarget }: MouseEvent): void {
  const line = currentTarget.closest('li')
  const neighbour = line?.nextElementSibling ?? line?.previousElementSibling
  const next = neighbour?.querySelector('button') ?? line?.closest('div')?.querySelector('input')
  next?.focus()
}

/** Signals to the replaced go to their replacement; those who left get none. */
function isReachable({ liveness }: CoordinatorView): boolean {
  return LIVING.has(liveness) || liveness === 'dead'
}
